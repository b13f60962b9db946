package dev.spillway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.upstream.Upstream;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.report.Table;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.run.Kit;
import dev.spillway.scenarios.run.Runner;
import dev.spillway.time.TimeSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ready-made scenarios find what is wrong with a router, and call it by its name. */
class TeethTest {

  private static final List<Scenario> KIT =
      Kit.read(new ScenarioReader(name -> null, client -> client));

  private static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "retries 400s",
            BrokenRouters.retriesRefusals(),
            "money/400-is-not-tried-again.yaml",
            "attempts-per-call",
            "asked primary/gpt 400 (invalid_request_error), then secondary/gpt 400"),
        Arguments.of(
            "ignores Retry-After",
            BrokenRouters.ignoresWaits(),
            "waiting/resting-deployments-are-left-alone.yaml",
            "waits-broken",
            "came-early: call 2 came back"),
        Arguments.of(
            "swallows a cut stream",
            BrokenRouters.swallowsCuts(),
            "streams/cut.yaml",
            "streams",
            "calls-1 at 0 ms: 200 after 0 ms; asked primary/gpt 200 (cut)"),
        Arguments.of(
            "leaks the caller's key",
            BrokenRouters.leaksTheCallersKey(),
            "bodies/keys-stay-apart.yaml",
            "secrets-seen",
            "a caller's key in Authorization at primary"),
        Arguments.of(
            "doubles requests",
            BrokenRouters.doublesRequests(),
            "money/once-when-all-is-well.yaml",
            "attempts-per-call",
            "asked primary/gpt 200, then primary/gpt 200"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void brokenRouterIsCaughtByName(
      String fault, UnaryOperator<Upstream> broken, String file, String caughtBy, String shown)
      throws InterruptedException {
    Scenario scenario =
        KIT.stream().filter(one -> one.file().endsWith(file)).findFirst().orElseThrow();

    ScenarioResult result = play(scenario, broken);

    assertThat(play(scenario, UnaryOperator.identity()).passes()).as("ours passes").isTrue();
    ExpectationVerdict verdict =
        ((ScenarioResult.Played) result)
            .verdicts().stream()
                .filter(one -> one.name().equals(caughtBy))
                .findFirst()
                .orElseThrow();
    assertThat(verdict.passes()).as(fault + "\n" + Table.of(result)).isFalse();
    assertThat(verdict.seen() + verdict.evidence()).as(Table.of(result)).contains(shown);
  }

  private static ScenarioResult play(Scenario scenario, UnaryOperator<Upstream> backends)
      throws InterruptedException {
    return new Runner(new RehearsalStages(name -> null, backends), 42, TimeSource.system())
        .run(scenario);
  }
}
