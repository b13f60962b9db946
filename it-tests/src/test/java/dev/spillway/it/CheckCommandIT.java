package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code spillway check} as a process, as a build calls it. */
final class CheckCommandIT {

  @TempDir private Path folder;

  private final int routerPort = freePort();

  @BeforeEach
  void aSetupAndAScenario() throws IOException {
    int primary = freePort();
    int secondary = freePort();
    write(
        "setup/two.yaml",
        """
        emulator:
          listen: 127.0.0.1:0
          wire: "2024"
          resources:
            primary:
              listen: 127.0.0.1:%1$d
              keys: [primary-key]
              deployments: {gpt: {model: gpt-35-turbo, capacity: 40}}
            secondary:
              listen: 127.0.0.1:%2$d
              keys: [secondary-key]
              deployments: {gpt: {model: gpt-35-turbo, capacity: 40}}
        router:
          listen: 127.0.0.1:%3$d
          clients: [{name: caller, key: caller-key}]
          backends:
            primary:   {url: "http://127.0.0.1:%1$d", deployment: gpt, api-version: "2024-10-21", api-key: primary-key}
            secondary: {url: "http://127.0.0.1:%2$d", deployment: gpt, api-version: "2024-10-21", api-key: secondary-key}
          pools:
            gpt: [{backend: primary, priority: 1}, {backend: secondary, priority: 2}]
          routes: [{deployment: gpt, pool: gpt}]
        client: {key: caller-key}
        """
            .formatted(primary, secondary, routerPort));
    write(
        "failover.yaml",
        """
        scenario: A resource that fails is left
        setup: setup/two.yaml
        traffic: [{name: few, calls: 3, every: 100ms}]
        timeline: [{fault: status 503, match: {resource: primary}}]
        expect:
          - statuses: {200: all}
          - served-by: {secondary/gpt: all}
        """);
    write(
        "hope.yaml",
        """
        scenario: Nobody minds that nothing answers
        setup: setup/two.yaml
        traffic: [{name: few, calls: 2, every: 100ms}]
        timeline: [{fault: status 503}]
        expect: [{statuses: {200: all}}]
        """);
  }

  @Test
  void whatPassesEndsWith0() {
    try (Program check = check("failover.yaml")) {
      assertThat(check.awaitExit()).as(check.out() + check.err()).isZero();
      assertThat(check.out()).startsWith("ok    A resource that fails is left");
    }
  }

  @Test
  void whatFailsEndsWith1AndShowsWhy() throws IOException {
    try (Program check = check(".", "--junit", "out/junit.xml", "--json", "out/seen.json")) {
      assertThat(check.awaitExit()).as(check.err()).isEqualTo(1);
      assertThat(check.out().lines())
          .contains("        expected  200: all")
          .anyMatch(line -> line.matches(" +.*hope.yaml:5: statuses"))
          .anyMatch(line -> line.matches(" +few-1 at 0 ms: 503 after .*; asked primary/gpt 503.*"))
          .anyMatch(line -> line.matches("all +1 +1 +0"));
    }
    assertThat(folder.resolve("out/junit.xml")).content().contains("<failure message=\"statuses:");
    assertThat(folder.resolve("out/seen.json")).content().contains("\"few-1\"");
  }

  @Test
  void onlyWhatIsAskedForIsPlayed() {
    try (Program check = check(".", "--only", "fails is left")) {
      assertThat(check.awaitExit()).isZero();
      assertThat(check.out()).doesNotContain("Nobody minds");
    }
  }

  @Test
  void theKitIsInTheJar() {
    try (Program check = check("--list", "--only", "throttling")) {
      assertThat(check.awaitExit()).isZero();
      assertThat(check.out())
          .contains("A throttled call is finished on the second deployment  (kit/throttling/");
    }
  }

  @Test
  void aRouterOfItsOwnIsStartedAndEndedForEachScenario() throws IOException {
    String yaml = Files.readString(folder.resolve("setup/two.yaml"));
    String router = yaml.substring(yaml.indexOf("router:\n") + 8, yaml.indexOf("client:"));
    write("setup/router.yaml", router.replaceAll("(?m)^  ", ""));
    String java = Program.javaHome().resolve("bin/java").toString();
    String command = java + " -jar " + Program.jar() + " router setup/router.yaml";

    try (Program check =
        check(".", "--router", "http://127.0.0.1:" + routerPort, "--router-command", command)) {
      assertThat(check.awaitExit()).as(check.out() + check.err()).isEqualTo(1);
      assertThat(check.out())
          .contains("ok    A resource that fails is left", "FAIL  Nobody minds that nothing");
    }
    assertThat(isFree(routerPort)).isTrue();
  }

  @Test
  void ourOwnRouterCanBePlayedOverSockets() {
    try (Program check = check("failover.yaml", "--real-time")) {
      assertThat(check.awaitExit()).as(check.out() + check.err()).isZero();
    }
  }

  @Test
  void aRouterThatDoesNotAnswerLeavesItOpen() {
    try (Program check = check("failover.yaml", "--router", "http://127.0.0.1:1")) {
      assertThat(check.awaitExit()).isEqualTo(2);
      assertThat(check.out()).contains("could not be played: no router answers at http://127.0");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nofile.yaml                    | nofile.yaml: there is no such file
          setup/two.yaml                 | two.yaml:1: 'scenario' is missing
          . --only zebra                 | no scenario is called zebra; --list shows them
          . --router nowhere             | --router must be an address such as http://127.0.0.1:4000, not 'nowhere'
          . --router-command x           | --router-command needs --router, which says where it listens
          . --router http://h --header x | --header must be such as 'Authorization: Bearer x', not 'x'
          """)
  void aMistakeIsOneLineAndExitCode2(String arguments, String expected) {
    try (Program check = check(arguments.split(" "))) {
      assertThat(check.awaitExit()).isEqualTo(2);
      assertThat(check.err().lines()).singleElement().asString().contains(expected);
      assertThat(check.out()).isEmpty();
    }
  }

  private Program check(String... arguments) {
    String[] all = Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new);
    return Program.spillway(folder, Map.of(), all);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
