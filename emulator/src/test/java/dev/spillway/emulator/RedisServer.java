package dev.spillway.emulator;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A real {@code redis-server} on a port of its own, which can be stopped and started again. */
public final class RedisServer implements AutoCloseable {

  private static @Nullable RedisServer shared;

  private final int port;
  private Process process;

  private RedisServer(int port) {
    this.port = port;
    this.process = start(port);
  }

  /** One for the tests of this JVM that use keys of their own; ends with it. */
  public static synchronized RedisServer shared() {
    RedisServer running = shared;
    if (running == null) {
      running = own();
      Runtime.getRuntime().addShutdownHook(new Thread(running::close));
      shared = running;
    }
    return running;
  }

  /** One that the test may break; closes with it. */
  public static RedisServer own() {
    need();
    return new RedisServer(freePort());
  }

  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  /** A name that no other test's keys have. */
  public static String unique() {
    return "test-" + UUID.randomUUID();
  }

  /** Ends it as a crash does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  public void startAgain() {
    process = start(port);
  }

  /** Lets it accept and say nothing. */
  public void hang() {
    signal("STOP");
  }

  public void goOn() {
    signal("CONT");
  }

  /** Every key there is. */
  public String keys() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("KEYS *\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The milliseconds that a key will still be there. */
  public long expiresIn(String key) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String ask = "PTTL " + key + "\r\nQUIT\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Long.parseLong(answer.substring(1, answer.indexOf('\r')));
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

  private static Process start(int port) {
    try {
      Process server =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
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
      String reason = "redis-server is not installed, so limits in Redis cannot be tested";
      assertThat(System.getenv("SPILLWAY_TESTS_MUST_RUN")).as(reason).isNotEqualTo("true");
      abort(reason);
    }
  }
}
