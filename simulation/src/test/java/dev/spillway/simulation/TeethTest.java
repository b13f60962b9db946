package dev.spillway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.simulation.invariant.Checker;
import dev.spillway.simulation.invariant.Violation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge finds what is wrong with a router, and calls it by its name. */
class TeethTest {

  private static final int SEEDS = 2_000;

  private static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("answers twice", "I1 one answer", BrokenRouters.answersTwice()),
        Arguments.of(
            "answers for somebody else",
            "I2 one attempt's bytes",
            BrokenRouters.answersForSomebodyElse()),
        Arguments.of(
            "passes a 429 on while others could serve",
            "I3 nothing left untried",
            BrokenRouters.passesThrottlingOn()),
        Arguments.of("waits before it goes on", "I4 no time lost", BrokenRouters.dawdles()),
        Arguments.of("asks everybody twice", "I5 bounds", BrokenRouters.asksTwice()),
        Arguments.of("has no deadline", "I5 bounds", BrokenRouters.hasNoDeadline()),
        Arguments.of("ignores waits", "I6 rests are kept", BrokenRouters.ignoresWaits()),
        Arguments.of("forgets who rests", "I6 rests are kept", BrokenRouters.forgetsRests()),
        Arguments.of("sends another body", "I7 the same body", BrokenRouters.sendsAnotherBody()),
        Arguments.of(
            "retries refusals", "I8 callers' faults are theirs", BrokenRouters.retriesRefusals()),
        Arguments.of(
            "blames backends for refusals",
            "I8 callers' faults are theirs",
            BrokenRouters.blamesBackendsForRefusals()),
        Arguments.of(
            "ends cut streams well", "I9 cut is not whole", BrokenRouters.endsCutStreamsWell()),
        Arguments.of("works for who has left", "I10 gone is gone", BrokenRouters.goesOnForNobody()),
        Arguments.of(
            "takes failures for free", "I11 no storm", BrokenRouters.takesFailuresForFree()),
        Arguments.of(
            "forgets what was charged", "I12 honest books", BrokenRouters.forgetsWhatWasCharged()),
        Arguments.of("bears grudges", "I13 recovery", BrokenRouters.bearsGrudges()),
        Arguments.of("throws at garbage", Seeds.NO_EXCEPTION, BrokenRouters.throwsAtGarbage()),
        Arguments.of("loses count", "I16 alive after", BrokenRouters.losesCount()),
        Arguments.of("sends all to one", "I17 fairness", BrokenRouters.sendsAllToOne()),
        Arguments.of(
            "tells half of the wait", "I18 the exact wait", BrokenRouters.tellsHalfOfTheWait()),
        Arguments.of(
            "calls everything throttling",
            "T1 decision table",
            BrokenRouters.callsEverythingThrottling()),
        Arguments.of(
            "passes the first over", "P1 priority first", BrokenRouters.passesTheFirstOver()),
        Arguments.of("knows no quotas", "Q1 a quota is ours", BrokenRouters.knowsNoQuotas()),
        Arguments.of(
            "takes the last rule", "R1 the first rule that fits", BrokenRouters.takesTheLastRule()),
        Arguments.of(
            "begins anew when it is reloaded", "I15 reload", BrokenRouters.beginsAnewAtReloads()),
        Arguments.of(
            "forgets what it has sent", "L1 look-ahead", BrokenRouters.forgetsWhatItHasSent()));
  }

  @ParameterizedTest(name = "a router that {0} breaks {1}")
  @MethodSource("broken")
  void isFound(String what, String invariant, RouterUnderTest.Maker router) {
    Set<String> found = new TreeSet<>();
    for (long seed = 0; seed < SEEDS && !found.contains(invariant); seed++) {
      Seeds.check(seed, router).stream().map(Violation::invariant).forEach(found::add);
    }

    assertThat(found).contains(invariant);
  }

  @Test
  void everyInvariantHasARouterThatBreaksIt() {
    List<String> broken = broken().map(it -> (String) it.get()[1]).toList();

    assertThat(broken).containsAll(Checker.names());
  }

  @Test
  void failureSaysTheSeedAndHowToSeeItAgain() {
    long seed =
        LongStream.range(0, SEEDS)
            .filter(it -> !Seeds.check(it, BrokenRouters.retriesRefusals()).isEmpty())
            .findFirst()
            .orElseThrow();

    assertThat(Seeds.report(seed, Seeds.check(seed, BrokenRouters.retriesRefusals())))
        .startsWith("seed " + seed + ":")
        .contains("I8 callers' faults are theirs: #")
        .contains("benchmarks/simulation/run --seed " + seed + " --trace");
  }
}
