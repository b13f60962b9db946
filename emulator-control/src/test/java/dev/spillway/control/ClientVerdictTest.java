package dev.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.RequestVerdict.Ending;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientVerdictTest {

  private static final Duration MINUTE = Duration.ofSeconds(60);

  private static List<FindingKind> kinds(Calls calls) {
    return calls.verdict().findings().stream().map(Finding::kind).toList();
  }

  private static Finding only(Calls calls) {
    assertThat(calls.verdict().findings()).hasSize(1);
    return calls.verdict().findings().getFirst();
  }

  @Test
  void aRetryWhenTheToldWaitIsOverHonoursIt() {
    ClientVerdict verdict =
        new Calls().throttled(0, "micro", MINUTE).served(60_000, "micro").verdict();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.sums().waitsHonoured()).isEqualTo(1);
    assertThat(verdict.sums().mostAttempts()).isEqualTo(2);
  }

  @Test
  void aRetryBeforeThatComesEarly() {
    Finding early = only(new Calls().throttled(0, "micro", MINUTE).served(8_000, "micro"));

    assertThat(early)
        .isEqualTo(
            new Finding(
                FindingKind.CAME_EARLY,
                true,
                "call 2 came back to local/micro 52 s early: call 1 was told to wait 60 s",
                List.of(1L, 2L)));
  }

  @ParameterizedTest
  @CsvSource({"59950, true", "59949, false"})
  void aLittleTooEarlyIsAllowed(int at, boolean passes) {
    Calls calls = new Calls().throttled(0, "micro", MINUTE).served(at, "micro");

    assertThat(calls.verdict().passes()).isEqualTo(passes);
    assertThat(calls.verdict(VerdictRules.defaults().withAllowEarly(MINUTE)).passes()).isTrue();
  }

  @Test
  void callsWithoutABodyAreToldByTheirPath() {
    Calls polls = new Calls().sending("").taking(100).served(0, "one").served(10, "two");

    assertThat(polls.verdict().sums().requests()).isEqualTo(2);
    assertThat(polls.verdict().findings()).isEmpty();
  }

  @Test
  void aWaitCountsFromTheEndOfTheAnswerThatToldIt() {
    Calls calls = new Calls().taking(2_000).throttled(0, "micro", MINUTE).served(60_000, "micro");

    assertThat(only(calls).sentence()).contains("2 s early");
  }

  @Test
  void anotherDeploymentOwesNoWait() {
    ClientVerdict verdict =
        new Calls().throttled(0, "micro", MINUTE).served(5, "35turbo").verdict();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.sums().moves()).isEqualTo(1);
    assertThat(verdict.sums().movesToCapacity()).isEqualTo(1);
  }

  @Test
  void comingBackByWayOfAnotherDeploymentIsEarlyAllTheSame() {
    Calls calls =
        new Calls()
            .throttled(0, "micro", MINUTE)
            .throttled(5, "35turbo", MINUTE)
            .served(10, "micro");

    assertThat(only(calls).calls()).containsExactly(1L, 3L);
  }

  @Test
  void waitsThatAreNotToldMustGrow() {
    Calls growing = new Calls().refused(0, "m", 429).refused(500, "m", 500).served(1_500, "m");
    Calls constant = new Calls().refused(0, "m", 429).refused(500, "m", 500).served(1_100, "m");

    assertThat(growing.verdict().findings()).isEmpty();
    assertThat(only(constant).kind()).isEqualTo(FindingKind.NO_BACKOFF);
    assertThat(only(constant).sentence()).contains("came back after 500 ms, 600 ms");
  }

  @Test
  void aLongWaitNeedNotGrow() {
    Calls calls = new Calls().refused(0, "m", 503).refused(5_000, "m", 503).served(10_000, "m");

    assertThat(calls.verdict().findings()).isEmpty();
  }

  @Test
  void aWaitOfNothingIsNotAToldOne() {
    Calls calls =
        new Calls()
            .throttled(0, "m", Duration.ZERO)
            .throttled(1, "m", Duration.ZERO)
            .served(2, "m");

    assertThat(only(calls).kind()).isEqualTo(FindingKind.NO_BACKOFF);
    assertThat(calls.verdict().sums().waitsHonoured()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"500, true", "501, false"})
  void threeRetriesWithinASecondAreAStorm(int gap, boolean storm) {
    Calls calls = new Calls().refused(0, "m", 429);
    for (int i = 1; i <= 3; i++) {
      calls.refused(100 + i * gap, "m", 429);
    }

    assertThat(kinds(calls).contains(FindingKind.STORMED)).isEqualTo(storm);
  }

  @Test
  void failingOverThroughManyDeploymentsAtOnceIsNoStorm() {
    Calls calls = new Calls();
    List.of("a", "b", "c", "d").forEach(name -> calls.throttled(0, name, MINUTE));

    assertThat(calls.served(1, "e").verdict().findings()).isEmpty();
  }

  @Test
  void retriesThatHonourShortWaitsAreNoStorm() {
    Calls calls = new Calls();
    for (int i = 0; i < 4; i++) {
      calls.throttled(i * 200, "m", Duration.ofMillis(200));
    }

    assertThat(calls.served(800, "m").verdict().findings()).isEmpty();
  }

  @Test
  void moreAttemptsThanAllowedAreFound() {
    Calls calls = new Calls().throttled(0, "m", MINUTE).served(60_000, "m");

    assertThat(calls.verdict(VerdictRules.defaults().withMaxAttempts(1)).failures())
        .extracting(Finding::sentence)
        .containsExactly("the request of call 1 was attempted 2 times, where 1 are allowed");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 413})
  void whatIsRefusedForGoodMustNotBeRetried(int status) {
    Finding finding = only(new Calls().refused(0, "m", status).refused(900, "m", status));

    assertThat(finding.kind()).isEqualTo(FindingKind.RETRIED_IN_VAIN);
    assertThat(finding.calls()).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @CsvSource({"400, false", "401, true", "403, true", "404, true"})
  void anotherDeploymentMayKnowTheKeyButNotABetterBody(int status, boolean passes) {
    Calls calls = new Calls().refused(0, "a", status).served(5, "b");

    assertThat(calls.verdict().passes()).isEqualTo(passes);
  }

  @Test
  void anAttemptThatBeginsBeforeTheLastIsOverIsAHedge() {
    ClientVerdict verdict = new Calls().taking(1_000).served(0, "a").served(400, "b").verdict();

    assertThat(verdict.findings())
        .extracting(Finding::kind)
        .containsExactly(FindingKind.HEDGED, FindingKind.WASTED_TOKENS);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.sums().overlapping()).isEqualTo(1);
    assertThat(verdict.sums().wastedTokens()).isEqualTo(100);
  }

  @Test
  void anAnswerThatIsLeftIsWasted() {
    ClientVerdict verdict = new Calls().left(0, "a").served(10, "a").verdict();

    assertThat(verdict.sums().requests()).isEqualTo(1);
    assertThat(verdict.sums().wastedTokens()).isEqualTo(100);
    assertThat(verdict.requests().getFirst().ending()).isEqualTo(Ending.SERVED);
  }

  @Test
  void aStreamThatBrokeOffIsNotServedAndMayBeTriedAgain() {
    ClientVerdict broken = new Calls().brokenOff(0, "a").verdict();
    ClientVerdict mended = new Calls().brokenOff(0, "a").served(10, "b").verdict();

    assertThat(broken.requests().getFirst().ending()).isEqualTo(Ending.GAVE_UP);
    assertThat(mended.findings()).isEmpty();
    assertThat(mended.sums().movesToCapacity()).isEqualTo(1);
  }

  @Test
  void movingToADeploymentThatHadToldThisCallerToRestIsFound() {
    Calls calls =
        new Calls()
            .sending("one")
            .throttled(0, "b", MINUTE)
            .sending("two")
            .throttled(1_000, "a", MINUTE)
            .throttled(1_001, "b", MINUTE);

    assertThat(kinds(calls)).contains(FindingKind.MOVED_TO_RESTING);
    assertThat(calls.verdict().findings(FindingKind.MOVED_TO_RESTING).getFirst().sentence())
        .isEqualTo(
            "call 3 moved to local/b, which had told call 1 to wait 60 s, 58.999 s too early");
  }

  @Test
  void aNewRequestToARestingDeploymentIsToleratedUnlessForbidden() {
    Calls calls =
        new Calls().sending("one").throttled(0, "a", MINUTE).sending("two").served(1_000, "a");

    assertThat(kinds(calls)).contains(FindingKind.CAME_WHILE_RESTING);
    assertThat(calls.verdict().passes()).isTrue();
    assertThat(
            calls
                .verdict(VerdictRules.defaults().forbidding(FindingKind.CAME_WHILE_RESTING))
                .passes())
        .isFalse();
  }

  @Test
  void aDeploymentThatServesAgainRestsNoMore() {
    Calls calls =
        new Calls()
            .sending("one")
            .throttled(0, "a", MINUTE)
            .sending("two")
            .served(1_000, "a")
            .sending("three")
            .served(2_000, "a");

    assertThat(calls.verdict().findings(FindingKind.CAME_WHILE_RESTING)).hasSize(1);
  }

  @Test
  void whatOneCallerWasToldBindsNoOther() {
    Calls calls =
        new Calls().throttled(0, "a", MINUTE).by("key2").sending("two").served(1_000, "a");

    assertThat(kinds(calls)).containsExactly(FindingKind.GAVE_UP);
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1001, false"})
  void movingMustNotTakeLong(int at, boolean passes) {
    Calls calls = new Calls().throttled(0, "a", MINUTE).served(at, "b");

    assertThat(calls.verdict().passes()).isEqualTo(passes);
  }

  @Test
  void attemptsBelongTogetherUntilOneIsServed() {
    ClientVerdict verdict =
        new Calls().served(0, "a").throttled(10, "a", MINUTE).served(60_010, "a").verdict();

    assertThat(verdict.requests()).extracting(it -> it.attempts().size()).containsExactly(1, 2);
  }

  @Test
  void attemptsWithTheCallersOwnIdBelongTogetherEvenAfterThat() {
    ClientVerdict verdict = new Calls().named("r1").served(0, "a").served(10, "a").verdict();

    assertThat(verdict.requests()).hasSize(1);
    assertThat(verdict.sums().wastedTokens()).isEqualTo(100);
  }

  @Test
  void theSameIdOnAnotherBodyIsAnotherRequest() {
    Calls calls = new Calls().named("r1").sending("one").refused(0, "a", 429);

    assertThat(calls.sending("two").served(10, "a").verdict().requests()).hasSize(2);
  }

  @Test
  void theModelInABodyDoesNotTellRequestsApart() {
    Calls calls = new Calls().sending("{\"model\":\"a\",\"n\":1}").throttled(0, "a", MINUTE);

    assertThat(calls.sending("{\"model\":\"b\",\"n\":1}").served(1, "b").verdict().requests())
        .hasSize(1);
  }

  @Test
  void whoeverComesBackMuchLaterHasBegunAnew() {
    Calls calls = new Calls().refused(0, "a", 429).refused(60_001, "a", 429);
    Calls patient = new Calls().throttled(0, "a", Duration.ofDays(1)).served(86_400_000, "a");

    assertThat(calls.verdict().requests()).hasSize(2);
    assertThat(patient.verdict().requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, GAVE_UP", "500, GAVE_UP", "400, REFUSED", "404, REFUSED", "200, SERVED"})
  void aRequestEndsAsItsLastAttemptDid(int status, Ending ending) {
    ClientVerdict verdict = new Calls().refused(0, "a", status).verdict();

    assertThat(verdict.requests().getFirst().ending()).isEqualTo(ending);
    assertThat(verdict.passes()).isTrue();
  }

  @Test
  void aRequestIsNamedByItsFirstCallOrItsOwnId() {
    Calls calls = new Calls().refused(0, "a", 429).refused(5, "a", 500);

    assertThat(only(calls).sentence())
        .isEqualTo(
            "the request of call 1 was given up after 2 attempts; the last was answered 500");
    assertThat(only(new Calls().named("r1").refused(0, "a", 429)).sentence())
        .startsWith("the request 'r1' was given up");
  }

  @Test
  void anEmptyJournalDoesNotPass() {
    assertThat(kinds(new Calls())).containsExactly(FindingKind.NO_CALLS);
    assertThat(new Calls().verdict().passes()).isFalse();
  }

  @Test
  void callsThatCannotBeToldApartDoNotPass() {
    ClientVerdict verdict = new Calls().sending(null).served(0, "a").served(1, "a").verdict();

    assertThat(verdict.failures())
        .extracting(Finding::kind)
        .containsExactly(FindingKind.CANNOT_TELL);
    assertThat(verdict.requests()).hasSize(2);
  }

  @Test
  void theOrderOfTheJournalDoesNotMatter() {
    Calls calls =
        new Calls().taking(3).throttled(0, "a", MINUTE).throttled(10, "a", MINUTE).served(20, "b");
    ClientVerdict verdict = calls.verdict();

    Collections.reverse(calls.journal());

    assertThat(calls.verdict()).isEqualTo(verdict);
  }

  @Test
  void theEvidenceIsWrittenAsLines() {
    Calls calls = new Calls().throttled(0, "micro", MINUTE).left(8_000, "micro");
    ClientVerdict verdict = calls.verdict();

    assertThat(verdict.evidence(verdict.failures().getFirst()))
        .containsExactly(
            "call 1  +0 ms  local/micro  429 tokens, told 60 s",
            "call 2  +8 s  local/micro  200, cancelled after 0 ms, charged 100");
  }

  @Test
  void aStormOfTenThousandAttemptsIsJudgedQuickly() {
    Calls calls = new Calls();
    for (int i = 0; i < 10_000; i++) {
      calls.refused(i, "m", 400 + i % 2);
    }

    assertThat(calls.verdict().sums().mostAttempts()).isEqualTo(10_000);
  }
}
