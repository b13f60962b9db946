package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** A real {@code redis-server} with a password, which can be stopped and started again. */
final class RedisServer implements AutoCloseable {

  private static final String PASSWORD = "the-password-of-redis";

  private final int port;
  private Process process;

  private RedisServer(int port) {
    this.port = port;
    this.process = launch(port);
  }

  static RedisServer start() {
    need();
    return new RedisServer(freePort());
  }

  String address() {
    return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
  }

  /** Ends it as a crash does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  void startAgain() {
    process = launch(port);
  }

  /** Lets it accept and say nothing. */
  void hang() {
    signal("STOP");
  }

  void goOn() {
    signal("CONT");
  }

  /** What it says to a command, up to the end of the line. */
  String say(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String all = "AUTH " + PASSWORD + "\r\n" + command + "\r\nQUIT\r\n";
      socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .substring("+OK\r\n".length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertThat(kill.onExit().join().exitValue()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(int port) {
    try {
      Process server =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--requirepass",
                  PASSWORD,
                  "--save",
                  "",
                  "--dir",
                  Files.createTempDirectory("redis").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      await()
          .pollInterval(Duration.ofMillis(10))
          .ignoreExceptions()
          .until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
          });
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test where there is no redis-server, unless every test must run. */
  private static void need() {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    if (!there) {
      String reason = "redis-server is not installed, so what routers share cannot be tested";
      assertThat(System.getenv("SPILLWAY_TESTS_MUST_RUN")).as(reason).isNotEqualTo("true");
      abort(reason);
    }
  }
}
