package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.HttpEmulatorControl;
import dev.spillway.control.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a process: what it prints, how it ends, what it says to a mistake. */
final class CommandLineIT {

  private static final String AZURE_KEY = "azure-s3cret";
  private static final String CALLER_KEY = "caller-s3cret";
  private static final Map<String, String> KEYS =
      Map.of("AOAI_KEY", AZURE_KEY, "ROUTER_KEY", CALLER_KEY);
  private static final String ANYWHERE = "127.0.0.1:0";
  private static final String ENDPOINT = "Spillway emulator at (\\S+),";
  private static final String READY = "Ctrl-C stops";

  private static final String EMULATOR_YAML =
      """
      listen: 127.0.0.1:0
      wire: "2024"
      seed: 42
      resources:
        contoso-eastus:
          region: eastus
          kind: OpenAI
          keys: ["${AOAI_KEY}"]
          deployments:
            micro:   {model: gpt-35-turbo, sku: Standard, capacity: 1}
            35turbo: {model: gpt-35-turbo, sku: Standard, capacity: 40}
      """;

  @TempDir private Path folder;

  private final List<Program> started = new ArrayList<>();

  @AfterEach
  void stopWhatRuns() {
    started.forEach(Program::close);
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes() {
    Program help = run("--help");

    assertThat(help.awaitExit()).isZero();
    assertThat(help.out())
        .contains("emulator  ", "router  ", "demo  ", "verdict  ", "health  ", "Exit codes:");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"emulator", "router", "demo", "verdict", "health"})
  void everyCommandHasHelpOfItsOwn(String command) {
    Program help = run(command, "--help");

    assertThat(help.awaitExit()).isZero();
    assertThat(help.out()).startsWith("Usage: spillway " + command);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void versionNamesTheReleaseAndTheJdk() {
    Program version = run("--version");

    assertThat(version.awaitExit()).isZero();
    assertThat(version.out())
        .matches(
            "spillway \\d+\\.\\d+\\.\\d+\\S*\\RJDK " + Runtime.version().feature() + "\\S*\\R");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          emulate                      | there is no 'emulate'; 'spillway --help' shows what there is
          emulator --lisen 1.2.3.4:5   | there is no '--lisen'; 'spillway emulator --help' shows what there is
          emulator --listen nowhere    | an address to listen on is host:port such as 127.0.0.1:8080, not 'nowhere'
          emulator --wire 1999         | --wire must be one of 2023, 2024, 2025, 2026, not '1999'
          emulator --charge guess      | --charge must be documented or measured, not 'guess'
          emulator --api-versions old  | --api-versions must be accept or strict, not 'old'
          emulator --deployment micro  | is not of the form NAME=MODEL[@VERSION]:LIMIT, such as micro=gpt-35-turbo:40k
          health localhost             | an address to ask is one such as http://127.0.0.1:8080, not 'localhost'
          health --wait soon           | --wait must be a duration such as 30s or 2m, not 'soon'
          emulator no-such.yaml        | no-such.yaml: there is no such file
          router                       | router.yaml: there is no such file
          """)
  void aMistakeOnTheCommandLineIsOneLineAndExitCode2(String commandLine, String expected) {
    assertRefused(run(commandLine.split(" ")), expected);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wire:             | wires:         | emulator.yaml:2: unknown key 'wires'; did you mean 'wire'?
          "2024"            | "2004"         | emulator.yaml:2: 'wire' names the wire profile '2004', which does not exist; did you mean '2024'?
          seed: 42          | seed: many     | emulator.yaml:3: 'seed' must be a whole number, not 'many'
          kind: OpenAI      | kind: Azure    | emulator.yaml:7: 'resources.contoso-eastus.kind' names the kind 'Azure', which does not exist; there is AIServices, OpenAI
          ["${AOAI_KEY}"]   | emulator-key   | emulator.yaml:8: 'resources.contoso-eastus.keys' must be a list, not 'emulator-key'
          AOAI_KEY          | AOAI_KEI       | emulator.yaml:8: the environment variable AOAI_KEI is not set
          capacity: 40      | capacty: 40    | emulator.yaml:11: unknown key 'resources.contoso-eastus.deployments.35turbo.capacty'; did you mean 'capacity'?
          capacity: 40      | capacity: lots | emulator.yaml:11: 'resources.contoso-eastus.deployments.35turbo.capacity' must be a number such as 40 or 40k, or 'unlimited', not 'lots'
          35turbo:          | micro:         | emulator.yaml:11: 'resources.contoso-eastus.deployments.micro' is given twice
          127.0.0.1:0       | 8080           | emulator.yaml:1: 'listen' must be host:port such as 127.0.0.1:8080, not '8080'
          """)
  void aMistakeInEmulatorYamlIsOneLineWithItsPlace(String right, String wrong, String expected) {
    Path file = write("emulator.yaml", EMULATOR_YAML.replace(right, wrong));

    assertRefused(run("emulator", file.toString()), expected);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:0                  | somewhere        | router.yaml:1: 'listen' must be host:port, not 'somewhere'
          ROUTER_KEY                   | ROUTER_KEI       | router.yaml:3: the environment variable ROUTER_KEI is not set
          "${EMULATOR:-http://127.0.0.1:1}", deployment: micro | localhost, deployment: micro | router.yaml:5: 'backends.micro.url' must be an http:// or https:// address without a query, not 'localhost'
          api-key                      | api-kay          | router.yaml:5: unknown key 'backends.micro.api-kay'; did you mean 'api-key'?
          backend: micro               | backend: mikro   | router.yaml:9: 'pools.gpt[0].backend' names the backend 'mikro', which does not exist; did you mean 'micro'?
          priority: 1                  | priority: first  | router.yaml:9: 'pools.gpt[0].priority' must be a whole number, not 'first'
          chat/completions, pool: gpt  | chat, pool: gpt  | router.yaml:12: 'routes[0].operation' must be one of chat/completions, completions
          turbo, pool: gpt}            | turbo, pool: gp} | router.yaml:13: 'routes[1].pool' names the pool 'gp', which does not exist; did you mean 'gpt'?
          """)
  void aMistakeInRouterYamlIsOneLineWithItsPlace(String right, String wrong, String expected) {
    Path file = write("router.yaml", BothPrograms.ROUTER_YAML.replace(right, wrong));

    assertRefused(run("router", file.toString()), expected);
  }

  @Test
  void emulatorWithNothingAtAllPrintsWhereItIsAndACurlLineThatWorks() {
    Program emulator = run("emulator", "--listen", ANYWHERE);
    String endpoint = emulator.awaitOut(ENDPOINT);
    emulator.awaitOut(READY);

    assertThat(endpoint).matches("http://127\\.0\\.0\\.1:[1-9]\\d*");
    assertThat(emulator.out()).contains("emulator-key", "Azure OpenAI of 2026");
    assertThat(emulator.out().lines())
        .anyMatch(line -> line.matches(" +micro +gpt-35-turbo +40,000 / min +40 / 10 s"))
        .anyMatch(line -> line.matches(" +35turbo +gpt-35-turbo +40,000 / min +40 / 10 s"));
    assertThat(curl(curlLines(emulator).getFirst())).contains("\"choices\":");
  }

  @Test
  void emulatorFromFlagsAloneHasWhatTheFlagsSay() {
    Program emulator =
        run(
            "emulator",
            "--listen",
            ANYWHERE,
            "--key",
            "it's mine",
            "--wire",
            "2024",
            "--region",
            "swedencentral",
            "--deployment",
            "small=gpt-35-turbo:1k",
            "--deployment",
            "free=gpt-4o-mini:unlimited");
    emulator.awaitOut(READY);

    assertThat(emulator.out()).contains("it's mine", "Azure OpenAI of 2024", "swedencentral");
    assertThat(emulator.out().lines())
        .anyMatch(line -> line.matches(" +small +gpt-35-turbo +1,000 / min +1 / 10 s"))
        .anyMatch(line -> line.matches(" +free +gpt-4o-mini +unlimited +unlimited"))
        .noneMatch(line -> line.contains("micro"));
    assertThat(curl(curlLines(emulator).getFirst())).contains("\"choices\":");
  }

  @Test
  void aFileThatChangesIsFollowedAndABadOneIsNot() {
    Path file = write("emulator.yaml", EMULATOR_YAML);
    Program emulator = run("emulator", file.toString());
    emulator.awaitOut(READY);
    URI endpoint = URI.create(emulator.awaitOut(ENDPOINT));

    write("emulator.yaml", EMULATOR_YAML.replace("capacity: 1}", "capacity: 7}"));
    emulator.awaitErr("emulator.yaml has changed, and is followed");
    write("emulator.yaml", EMULATOR_YAML.replace("capacity: 1}", "capacity: nine}"));
    emulator.awaitErr("nothing is changed: .*emulator.yaml:\\d+: .* not 'nine'");

    try (HttpEmulatorControl control = new HttpEmulatorControl(endpoint)) {
      assertThat(control.deployment("micro").tokens().limit()).isEqualTo(Limit.of(7_000));
    }
  }

  @Test
  void emulatorFromAFileTakesItsKeyFromTheEnvironment() {
    Path file = write("emulator.yaml", EMULATOR_YAML);
    Program emulator = run("emulator", file.toString());
    emulator.awaitOut(READY);

    assertThat(emulator.out()).contains("contoso-eastus", AZURE_KEY, "Azure OpenAI of 2024");
    assertThat(emulator.out().lines())
        .anyMatch(line -> line.matches(" +micro +gpt-35-turbo +1,000 / min +1 / 10 s"));
    assertThat(curl(curlLines(emulator).getFirst())).contains("\"choices\":");
  }

  @Test
  void aFlagGoesBeforeTheFile() {
    Path file = write("emulator.yaml", EMULATOR_YAML);
    Program emulator = run("emulator", file.toString(), "--wire", "2026", "--key", "other");
    emulator.awaitOut(READY);

    assertThat(emulator.out()).contains("Azure OpenAI of 2026", "other").doesNotContain(AZURE_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"emulator", "router"})
  void aPortThatIsTakenIsOneLineAndExitCode1(String command) throws IOException {
    write("router.yaml", BothPrograms.ROUTER_YAML);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Program second = run(command, "--listen", address);

      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.err().lines())
          .containsExactly("spillway: " + address + " is already in use");
      assertThat(second.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"emulator", "router"})
  void aSignalStopsItCleanly(String command) {
    write("router.yaml", BothPrograms.ROUTER_YAML);
    Program program = run(command, "--listen", ANYWHERE);
    program.awaitOut(READY);
    long asked = System.nanoTime();
    program.terminate();

    assertThat(program.awaitExit()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
    assertThat(program.err().lines().filter(line -> !line.contains(" INFO Gateway - it drains: ")))
        .containsExactly("spillway: stopped");
  }

  @Test
  void theRouterFailsOverBetweenProcessesAndNeverShowsAKey() throws Exception {
    Program emulator = run("emulator", write("emulator.yaml", EMULATOR_YAML).toString());
    Map<String, String> environment =
        Map.of(
            "EMULATOR", emulator.awaitOut(ENDPOINT),
            "AOAI_KEY", AZURE_KEY,
            "ROUTER_KEY", CALLER_KEY);
    String file = write("router.yaml", BothPrograms.ROUTER_YAML).toString();
    Program router = start(environment, "--log-level", "debug", "router", file);
    URI endpoint = URI.create(router.awaitOut("Router on (\\S+)"));
    router.awaitOut(READY);

    assertThat(send(endpoint.resolve("/completions"), CALLER_KEY, Chat.plain()))
        .extracting(Answer::status, Answer::servedBy)
        .containsExactly(200, "micro");
    assertThat(send(endpoint.resolve("/completions"), CALLER_KEY, Chat.plain()))
        .extracting(Answer::status, Answer::servedBy)
        .containsExactly(200, "35turbo");
    assertThat(send(endpoint.resolve("/completions"), "wr0ng-key", Chat.plain()).status())
        .isEqualTo(401);
    assertThat(send(endpoint.resolve("/completions"), CALLER_KEY, "{").status()).isEqualTo(400);
    for (String path :
        List.of("/router/traces", "/router/backends", "/router/health", "/metrics")) {
      Answer shown = send(endpoint.resolve(path), CALLER_KEY, null);
      assertThat(shown.status()).as(path).isEqualTo(200);
      assertThat(shown.text()).as(path).doesNotContain(CALLER_KEY, AZURE_KEY, "wr0ng-key");
    }
    router.terminate();
    assertThat(router.awaitExit()).isZero();
    assertThat(router.out() + router.err()).doesNotContain(CALLER_KEY, AZURE_KEY, "wr0ng-key");
  }

  @Test
  void theRouterFollowsItsFileWhenItChangesAndWhenItIsHungUp() throws Exception {
    Path file = write("router.yaml", BothPrograms.ROUTER_YAML);
    Program router = run("router", file.toString(), "--listen", ANYWHERE);
    URI config = URI.create(router.awaitOut("Router on (\\S+)")).resolve("/router/config");
    router.awaitOut(READY);

    write("router.yaml", BothPrograms.ROUTER_YAML.replace("pools:", "polls:"));
    router.awaitErr("nothing is changed: router.yaml:\\d+: unknown key 'polls'");
    write("router.yaml", BothPrograms.ROUTER_YAML + "max-attempts: 3\n");
    router.awaitErr("router.yaml is followed: generation 2");
    router.signal("HUP");
    router.awaitErr("router.yaml is followed: generation 3");

    assertThat(send(config, CALLER_KEY, null).text()).contains("\"generation\":3");
  }

  @Test
  void theDemoKeepsItsPromises() {
    Program demo = run("demo");

    assertThat(demo.awaitExit()).isZero();
    assertThat(demo.out()).containsPattern("(?m)^All \\d+ promises kept\\.$");
    assertThat(demo.out()).doesNotContain("NOT ", "\u001b");
    assertThat(demo.err()).isEmpty();
  }

  @Test
  void theDemoThatIsKeptAnswersEveryCurlLineItPrints() {
    Program demo = run("demo", "--keep");
    demo.awaitOut(READY);
    List<String> answers = curlLines(demo).stream().map(CommandLineIT::curl).toList();

    assertThat(answers).hasSize(5);
    assertThat(answers.get(0)).startsWith("HTTP/1.1 200").contains("\"choices\":");
    assertThat(answers.get(1)).containsPattern("^HTTP/1\\.1 (200|429)");
    assertThat(answers.get(2)).contains("\"micro\"", "\"35turbo\"");
    assertThat(answers.get(3)).contains("\"apiVersion\"");
    assertThat(answers.get(4)).startsWith("{\"traces\":[{");
    assertThat(demo.isAlive()).isTrue();
    demo.terminate();
    assertThat(demo.awaitExit()).isZero();
    assertThat(demo.err().lines()).containsExactly("spillway: stopped");
  }

  private Program run(String... arguments) {
    return start(KEYS, arguments);
  }

  private Program start(Map<String, String> environment, String... arguments) {
    Program program = Program.spillway(folder, environment, arguments);
    started.add(program);
    return program;
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRefused(Program program, String expected) {
    assertThat(program.awaitExit()).isEqualTo(2);
    assertThat(program.err().lines())
        .singleElement()
        .asString()
        .startsWith("spillway: ")
        .contains(expected)
        .doesNotContain(AZURE_KEY, CALLER_KEY);
    assertThat(program.out()).isEmpty();
  }

  private static List<String> curlLines(Program program) {
    return program.out().lines().map(String::strip).filter(l -> l.startsWith("curl ")).toList();
  }

  /** Runs a printed line as somebody who pastes it into a shell does. */
  private static String curl(String line) {
    Missing.unlessThereIs(
        "curl", "curl is not installed, so the printed curl lines cannot be tried");
    try (Program shell =
        Program.start(Path.of(".").toAbsolutePath(), Map.of(), List.of("sh", "-c", line))) {
      assertThat(shell.awaitExit()).as(line).isZero();
      return shell.out();
    }
  }

  private static Answer send(URI address, String key, @Nullable String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).header("api-key", key);
    if (body != null) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    }
  }
}
