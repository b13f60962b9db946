package dev.spillway.scenarios.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.Limit;
import dev.spillway.wire.Operation;
import dev.spillway.yaml.YamlMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {

  private static final String SMALL =
      """
      scenario: Small
      emulator: {resources: {a: {deployments: {gpt: {model: gpt-4o}}}, b: {deployments: {gpt: {model: gpt-4o}}}}}
      router: {}
      traffic: [{calls: 1}]
      expect: [{statuses: {200: all}}]
      """;

  private static Scenario parse(String yaml) {
    return new ScenarioReader(name -> null, client -> client).parse(Path.of("kit/x.yaml"), yaml);
  }

  private static Traffic traffic(String item) {
    return parse(SMALL.replace("{calls: 1}", item)).traffic().getFirst();
  }

  private static Check check(String item) {
    return parse(SMALL.replace("{statuses: {200: all}}", item)).expectations().getFirst().check();
  }

  private static Event event(String item) {
    return parse(SMALL + "timeline: [" + item + "]\n").events().getFirst();
  }

  @Test
  void theLeastThatAScenarioSays() {
    Scenario scenario = parse(SMALL);

    assertThat(scenario.name()).isEqualTo("Small");
    assertThat(scenario.group()).isEqualTo("kit");
    assertThat(scenario.traffic())
        .containsExactly(
            new Traffic(
                "calls",
                new Pace.Steady(Duration.ZERO, 1, 1, Duration.ZERO),
                new Ask(
                    "POST",
                    "/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
                    List.of(),
                    false,
                    new Ask.Written(Operation.CHAT_COMPLETIONS, null, null, 20, 20, null, null)),
                new Caller(null, null, null, 0, true)));
    assertThat(scenario.expectations())
        .containsExactly(
            new Expectation(
                5,
                "statuses",
                Selection.ALL,
                new Check.Statuses(Map.of("200", Count.parse("all")))));
  }

  @Test
  void theThreePacesOfTraffic() {
    assertThat(traffic("{from: 1s, calls: 50, at-once: 10, every: 2s}").pace())
        .isEqualTo(new Pace.Steady(Duration.ofSeconds(1), 50, 10, Duration.ofSeconds(2)));
    assertThat(traffic("{rate: 30/m to 10/s, for: 1m}").pace())
        .isEqualTo(new Pace.Rate(Duration.ZERO, Duration.ofMinutes(1), 0.5, 10));
    assertThat(traffic("{calls: 8, callers: 2, pause: 5ms}").pace())
        .isEqualTo(new Pace.Callers(Duration.ZERO, 8, 2, Duration.ofMillis(5)));
  }

  @Test
  void eachOperationHasItsOwnPathAndV1NamesTheDeploymentInTheBody() {
    assertThat(traffic("{calls: 1, operation: embeddings, deployment: ada}").ask().path())
        .isEqualTo("/openai/deployments/ada/embeddings?api-version=2024-10-21");
    assertThat(traffic("{calls: 1, operation: responses}").ask().path())
        .isEqualTo("/openai/responses?api-version=2024-10-21");
    Ask v1 = traffic("{calls: 1, api-version: v1}").ask();
    assertThat(v1.path()).isEqualTo("/openai/v1/chat/completions");
    assertThat(((Ask.Written) v1.content()).model()).isEqualTo("gpt");
  }

  @Test
  void aBodyIsSentAsItIsWritten() {
    assertThat(traffic("{calls: 1, body: '{ \"x\" : 1}'}").ask().content())
        .isEqualTo(new Ask.Literal("{ \"x\" : 1}"));
    assertThat(traffic("{calls: 1, body: {x: [1]}}").ask().content())
        .isEqualTo(new Ask.Literal("{\"x\":[1]}"));
  }

  @Test
  void whatHappensIsInTheOrderOfItsMoments() {
    Scenario scenario =
        parse(
            SMALL
                + """
                deployments: {b/gpt: {capacity: 1}}
                timeline:
                  - {at: 20s, deployment: a/gpt, set: {rpm: unlimited}}
                  - {from: 10s, to: 15s, fault: reset at chunk 3, match: {resource: a}, first: 2}
                """);

    assertThat(scenario.events())
        .containsExactly(
            new Event.Change(
                Duration.ZERO,
                new DeploymentRef("b", "gpt"),
                DeploymentPatch.capacity(1),
                "b/gpt: capacity: 1"),
            new Event.Fault(
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                FaultSpec.parse("reset at chunk 3")
                    .onResource("a")
                    .scheduled(
                        FaultSchedule.ALWAYS.withFirst(2).withWindow(null, Duration.ofSeconds(5)))
                    .named("line 9")),
            new Event.Change(
                Duration.ofSeconds(20),
                new DeploymentRef("a", "gpt"),
                DeploymentPatch.rpm(Limit.UNLIMITED),
                "a/gpt: rpm: unlimited"));
  }

  @Test
  void aDeploymentIsReducedForAWhileOrTakenAway() {
    assertThat(event("{from: 1s, to: 3s, deployment: a/gpt, reduce-to: 30%}"))
        .isEqualTo(
            new Event.Reduction(
                Duration.ofSeconds(1), new DeploymentRef("a", "gpt"), 30, Duration.ofSeconds(2)));
    assertThat(event("{at: 1s, deployment: a/gpt, delete: true}"))
        .isEqualTo(new Event.Removal(Duration.ofSeconds(1), new DeploymentRef("a", "gpt")));
  }

  @Test
  void oneItemCanExpectSeveralThingsOfTheSameCalls() {
    Scenario scenario =
        parse(
            SMALL.replace(
                "{statuses: {200: all}}",
                "{from: 1s, status: 429, attempts-per-call: '<= 2', amplification: '<= 1.2'}"));

    assertThat(scenario.expectations())
        .extracting(Expectation::name)
        .containsExactly("attempts-per-call", "amplification");
    assertThat(scenario.expectations())
        .extracting(Expectation::selection)
        .containsOnly(new Selection(null, Duration.ofSeconds(1), null, "429"));
  }

  @Test
  void timesAreInMilliseconds() {
    Check.Times times = (Check.Times) check("{added-latency: {p95: '<= 1.5s'}}");

    assertThat(times.percentiles())
        .hasEntrySatisfying("p95", interval -> assertThat(interval.most()).isEqualTo(1500));
  }

  @Test
  void whatAScenarioSaysOfItsSetupIsPutOverIt(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("base.yaml"),
        """
        emulator: {wire: "2024", resources: {a: {deployments: {gpt: {model: gpt-4o, capacity: 1}}}}}
        router: {pools: {x: 1}}
        client: {key: k}
        """);
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file,
        """
        scenario: Over
        setup: base.yaml
        emulator: {resources: {a: {deployments: {gpt: {capacity: 2}}}}}
        traffic: [{calls: 1}]
        expect: [{statuses: {200: all}}]
        """);

    Scenario scenario = new ScenarioReader(name -> null, client -> client).read(file);

    YamlMap emulator = scenario.setup().emulator().map();
    assertThat(String.valueOf(emulator.get("resources").plain()))
        .isEqualTo("{a={deployments={gpt={capacity=2, model=gpt-4o}}}}");
    assertThat(emulator.get("wire").text()).isEqualTo("2024");
    assertThat(scenario.traffic().getFirst().caller().key()).isEqualTo("k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scenario: Small | scenari: Small | x.yaml:1: unknown key 'scenari'; did you mean 'scenario'?",
        "expect: [{ | expect: [{at: 1, | x.yaml:5: unknown key 'expect[0].at';",
        "statuses: {200: all} | served-by: {c/gpt: all} | x.yaml:5: 'expect[0].served-by' names the deployment 'c/gpt', which does not exist; there is a/gpt, b/gpt",
        "statuses: {200: all} | statuses: {OK: all} | x.yaml:5: 'expect[0].statuses' has for each status, such as 200, 4xx or no-answer, a number, and not 'OK'",
        "statuses: {200: all} | statuses: {200: al} | x.yaml:5: 'expect[0].statuses.200' must be all, none, some, a number, '>= 5', '2..5' or '90%', not 'al'",
        "statuses: {200: all} | from: 1s | x.yaml:5: 'expect[0]' expects nothing;",
        "[{statuses: {200: all}}] | [] | x.yaml:5: 'expect' expects nothing, so that it could not fail",
        "{statuses | {traffic: burst, statuses | x.yaml:5: 'expect[0].traffic' names the traffic 'burst', which does not exist;",
        "calls: 1 | calls: 2 | x.yaml:4: 'traffic[0]' does not say when its calls come: 'every', 'at-once' or 'callers'",
        "calls: 1 | call: 1 | x.yaml:4: unknown key 'traffic[0].call'; did you mean 'calls'?",
        "calls: 1 | stream: true | x.yaml:4: 'traffic[0]' needs one of 'calls' and 'rate'",
        "calls: 1 | calls: 2, evry: 1s | x.yaml:4: unknown key 'traffic[0].evry'; did you mean 'every'?",
        "calls: 1 | calls: 2, callers: 2, every: 1s | x.yaml:4: 'traffic[0].every' has no use with what else is said",
        "calls: 1 | calls: 1, body: x, prompt: 3 | x.yaml:4: 'traffic[0]' has no use for 'prompt' with 'body'",
        "calls: 1 | rate: 0/s, for: 1m | x.yaml:4: 'traffic[0].rate' never comes to a call",
        "router: {} | timeline: [{falt: reset}] | x.yaml:3: unknown key 'timeline[0].falt'; did you mean 'fault'?",
        "calls: 1 | rate: 1/s | x.yaml:4: 'traffic[0]' has 'rate' with 'for', and neither without the other",
        "calls: 1 | calls: 1, prompt: long | x.yaml:4: 'traffic[0].prompt' must be a whole number, not 'long'",
        "router: {} | timeline: [{fault: rest now}] | x.yaml:3: 'timeline[0]' cannot be used",
        "router: {} | timeline: [{fault: reset, match: {resorce: a}}] | x.yaml:3: unknown key 'timeline[0].match.resorce'; did you mean 'resource'?",
        "router: {} | timeline: [{at: 1s, deployment: a/gtp, set: {rpm: 1}}] | x.yaml:3: 'timeline[0].deployment' names the deployment 'a/gtp', which does not exist; did you mean 'a/gpt'?",
        "router: {} | timeline: [{at: 1s, deployment: a/gpt, set: {rpm: many}}] | x.yaml:3: 'timeline[0].set' cannot be used: a limit is a number such as 1000 or 40k, or 'unlimited', not 'many'",
        "router: {} | timeline: [{at: 1s, deployment: a/gpt}] | x.yaml:3: 'timeline[0]' needs one of 'set', 'reduce-to' and 'delete'",
        "router: {} | timeline: [{fault: reset, name: f}, {fault: close, name: f}] | x.yaml:3: 'timeline' has two faults of the name 'f'",
        "router: {} | deployments: {c/gpt: {rpm: 1}} | x.yaml:3: 'deployments.c/gpt' names no deployment; there is a/gpt, b/gpt",
      })
  void theFirstErrorIsShownWithItsLine(String right, String wrong, String complaint) {
    String broken = SMALL.replace(right, wrong);
    assertThat(broken).isNotEqualTo(SMALL);

    assertThatThrownBy(() -> parse(broken)).hasMessageStartingWith(complaint);
  }
}
