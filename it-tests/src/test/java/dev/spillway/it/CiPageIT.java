package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jobs of docs/ci.md, whose commands are run as they are written there, one after another. */
final class CiPageIT {

  private static final String SCENARIO =
      """
      scenario: Everybody is served
      setup: ../setup/two.yaml
      traffic: [{calls: 3, every: 1s}]
      expect: [{statuses: {200: all}}]
      """;

  private static final String EMULATOR =
      """
      listen: 127.0.0.1:8080
      resources:
        local: {keys: [emulator-key], deployments: {gpt: {model: gpt-4o, capacity: 40}}}
      """;

  private static final String TESTS =
      """
      #!/bin/bash
      set -e
      curl -sSf "$AZURE_OPENAI_ENDPOINT/openai/deployments/gpt/chat/completions?api-version=2024-10-21" \\
        -H "api-key: $AZURE_OPENAI_API_KEY" -d '{"messages": [{"role": "user", "content": "Hello"}]}'
      """;

  private final int port = freePort();
  @TempDir private Path work;

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "GitHub Actions, scenarios, ''",
    "GitHub Actions, application, ''",
    "Azure DevOps, scenarios, app",
    "Azure DevOps, application, app"
  })
  void aJobDoesWhatThePageSays(String host, String job, String app) throws IOException {
    Path project = work.resolve(app);
    prepare(project);
    List<JsonNode> steps = steps(pipeline(host), job);
    assertThat(steps).hasSizeGreaterThan(5).allSatisfy(CiPageIT::isAStep);

    try (Program bash =
        Program.start(
            work,
            Map.of(
                "PATH",
                work.resolve("spillway") + ":" + System.getenv("PATH"),
                "GITHUB_PATH",
                work.resolve("path").toString()),
            List.of("bash", "-c", onFreePort(script(steps))))) {
      assertThat(bash.awaitExit()).as(bash.out() + bash.err()).isZero();
      assertThat(bash.out()).contains(job.equals("scenarios") ? "passed  failed" : "PASSED");
    }
    if (job.equals("scenarios")) {
      assertThat(project.resolve("report/scenarios.xml")).content().contains("<testsuites ");
      assertThat(project.resolve("report/scenarios.html")).content().contains("class=\"timeline\"");
    }
  }

  /** Everything that the commands find in a checkout, with the jar that is built already. */
  private void prepare(Path project) throws IOException {
    Path spillway = Files.createDirectories(work.resolve("spillway"));
    executable(spillway.resolve("mvnw"), "#!/bin/sh\n");
    executable(
        spillway.resolve("spillway"),
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -jar '%s' \"$@\"\n"
            .formatted(Program.javaHome(), Program.jar()));
    Files.createDirectories(project.resolve("scenarios"));
    Files.writeString(project.resolve("scenarios/small.yaml"), SCENARIO);
    Files.createDirectories(project.resolve("setup"));
    Files.copy(
        Program.root().resolve("scenarios/setup/two.yaml"), project.resolve("setup/two.yaml"));
    Files.createDirectories(project.resolve("test"));
    Files.writeString(project.resolve("test/emulator.yaml"), onFreePort(EMULATOR));
    executable(project.resolve("run-tests.sh"), TESTS);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String onFreePort(String text) {
    return text.replace("127.0.0.1:8080", "127.0.0.1:" + port);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode pipeline(String host) throws IOException {
    String page = Files.readString(Program.root().resolve("docs/ci.md"));
    String yaml =
        Pattern.compile("## " + host + "\n\n```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    return new JsonMapper()
        .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  /** GitHub names jobs, and Azure lists them. */
  private static List<JsonNode> steps(JsonNode pipeline, String name) {
    JsonNode jobs = pipeline.get("jobs");
    JsonNode job =
        jobs.isObject()
            ? jobs.get(name)
            : jobs.valueStream()
                .filter(one -> one.path("job").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    return job.get("steps").valueStream().toList();
  }

  /** It does one thing, and one that its host knows. */
  private static void isAStep(JsonNode step) {
    assertThat(step.propertyNames())
        .filteredOn(List.of("uses", "run", "checkout", "task", "script", "publish")::contains)
        .hasSize(1);
  }

  /**
   * All commands in their folders and with their environments; what they started ends with them.
   */
  private static String script(List<JsonNode> steps) {
    StringBuilder script =
        new StringBuilder("set -eo pipefail; trap 'kill $(jobs -p) 2> /dev/null || :' EXIT\n");
    for (JsonNode step : steps) {
      String command = step.path("run").asString(step.path("script").asString(""));
      if (!command.isEmpty()) {
        script.append(
            "pushd %s > /dev/null\n".formatted(step.path("workingDirectory").asString(".")));
        step.path("env")
            .forEachEntry((name, value) ->
                script.append("export %s='%s'\n".formatted(name, value.stringValue())));
        script.append(command).append("\npopd > /dev/null\n");
      }
    }
    return script.toString();
  }
}
