package dev.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whether an emulator and a router are up, as a container's health check asks. */
class HealthCommandTest {

  private static final String NOBODY = nobody();

  private final List<HttpServer> servers = new ArrayList<>();
  private final CountingTime time = new CountingTime();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void anEmulatorAndARouterAreToldApartByWhatTheyAnswer() throws IOException {
    assertThat(health(emulator(200), router(200))).isZero();
    assertThat(health(router(503))).isEqualTo(1);
    assertThat(health(emulator(200), router(503))).isEqualTo(1);
  }

  @Test
  void whereNothingListensNothingIsUp() {
    assertThat(health("http://" + NOBODY)).isEqualTo(1);
  }

  @Test
  void itWaitsUntilTheyAreUp() throws IOException {
    String starting = server("/router/ready", 503, 503, 503, 200);

    assertThat(health("--wait", "30s", starting)).isZero();
    assertThat(time.waited()).isPositive().isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void itWaitsNoLongerThanItIsTold() throws IOException {
    assertThat(health("--wait", "2s", router(503))).isEqualTo(1);
    assertThat(time.waited()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void withoutAnAddressOneOfThemIsEnough() throws IOException {
    assertThat(healthHere(emulator(200), "http://" + NOBODY)).isZero();
    assertThat(healthHere("http://" + NOBODY, router(200))).isZero();
    assertThat(healthHere("http://" + NOBODY, "http://" + NOBODY)).isEqualTo(1);
  }

  @Test
  void withoutAnAddressNoneOfThemMayBeIll() throws IOException {
    assertThat(healthHere(emulator(200), router(503))).isEqualTo(1);
  }

  @Test
  void whatIsNoAddressIsSaid() {
    assertThatThrownBy(() -> command(Map.of(), "localhost").call())
        .hasMessage("an address to ask is one such as http://127.0.0.1:8080, not 'localhost'");
    assertThatThrownBy(() -> command(Map.of("SPILLWAY_ROUTER_LISTEN", "8081")).call())
        .hasMessageStartingWith("SPILLWAY_ROUTER_LISTEN: an address to listen on is host:port");
  }

  private int health(String... arguments) {
    return run(command(Map.of(), arguments));
  }

  private int healthHere(String emulator, String router) {
    return run(
        command(
            Map.of(
                "SPILLWAY_EMULATOR_LISTEN", emulator.substring("http://".length()),
                "SPILLWAY_ROUTER_LISTEN", router.substring("http://".length()))));
  }

  private static int run(HealthCommand command) {
    try {
      return command.call();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HealthCommand command(Map<String, String> environment, String... arguments) {
    HealthCommand command = new HealthCommand(environment, time);
    var unused = new CommandLine(command).parseArgs(arguments);
    return command;
  }

  private String emulator(int status) throws IOException {
    return server("/emulator/health", status);
  }

  private String router(int status) throws IOException {
    return server("/router/ready", status);
  }

  /** Answers at one path alone, with one status after the other and then with the last. */
  private String server(String path, int... statuses) throws IOException {
    Iterator<Integer> next =
        IntStream.concat(
                IntStream.of(statuses), IntStream.generate(() -> statuses[statuses.length - 1]))
            .iterator();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(next.next(), -1);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Passes only while somebody sleeps. */
  private static final class CountingTime implements TimeSource {
    private long nanos;

    Duration waited() {
      return Duration.ofNanos(nanos);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanos);
    }
  }
}
