package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.FRANCE;
import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;
import static dev.spillway.router.attempt.Fixtures.failed;
import static dev.spillway.router.attempt.Fixtures.garbled;
import static dev.spillway.router.attempt.Fixtures.htmlPage;
import static dev.spillway.router.attempt.Fixtures.noToken;
import static dev.spillway.router.attempt.Fixtures.ok;
import static dev.spillway.router.attempt.Fixtures.refused;
import static dev.spillway.router.attempt.Fixtures.rejected;
import static dev.spillway.router.attempt.Fixtures.reset;
import static dev.spillway.router.attempt.Fixtures.stream;
import static dev.spillway.router.attempt.Fixtures.throttled;
import static dev.spillway.router.attempt.Fixtures.throttledWithoutWait;
import static dev.spillway.router.attempt.Fixtures.tokenRefused;
import static dev.spillway.router.attempt.Fixtures.unavailable;
import static dev.spillway.router.attempt.Fixtures.unknown;
import static dev.spillway.router.attempt.Fixtures.unreachable;
import static dev.spillway.router.upstream.Execution.EXECUTED;
import static dev.spillway.router.upstream.Execution.MAYBE_EXECUTED;
import static dev.spillway.router.upstream.Execution.NOT_EXECUTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.spillway.router.attempt.Decision.Deliver;
import dev.spillway.router.attempt.Decision.GiveUp;
import dev.spillway.router.attempt.Decision.Reason;
import dev.spillway.router.attempt.Decision.Send;
import dev.spillway.router.attempt.Decision.Wait;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Execution;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptPolicyTest {

  private static final long NOW = 1_000_000;
  private static final Duration SEVEN = Duration.ofSeconds(7);
  private static final Budget BUDGET =
      new Budget(NOW + Duration.ofMinutes(2).toNanos(), 5, 1, Duration.ZERO, true);

  /** One attempt is allowed. */
  private static final Budget ONCE = new Budget(BUDGET.deadline(), 1, 1, Duration.ZERO, true);

  /** What a caller gets when a row's outcome was the only one. */
  private static final String THROTTLED = "429 of our own";

  private static final String ITSELF = "the answer itself";
  private static final String CLEANED = "its status without its page";
  private static final String BAD_GATEWAY = "502";
  private static final String GATEWAY_TIMEOUT = "504";

  /**
   * Every row in which the request goes on: outcome, class, what the caller gets if it is alone.
   */
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("429 with a wait", throttled(SEVEN), NOT_EXECUTED, THROTTLED),
        arguments("429 without one", throttledWithoutWait(), NOT_EXECUTED, THROTTLED),
        arguments("503 with a wait", unavailable(SEVEN), NOT_EXECUTED, ITSELF),
        arguments("503 without one", failed(503), MAYBE_EXECUTED, ITSELF),
        arguments("500", failed(500), MAYBE_EXECUTED, ITSELF),
        arguments("502", failed(502), MAYBE_EXECUTED, ITSELF),
        arguments("502 with a proxy's page", htmlPage(502), MAYBE_EXECUTED, CLEANED),
        arguments("504", failed(504), MAYBE_EXECUTED, ITSELF),
        arguments("529", failed(529), MAYBE_EXECUTED, ITSELF),
        arguments("408", failed(408), MAYBE_EXECUTED, ITSELF),
        arguments("499", failed(499), MAYBE_EXECUTED, ITSELF),
        arguments("refused, DNS, TLS", unreachable(), NOT_EXECUTED, BAD_GATEWAY),
        arguments(
            "no headers in time", new AttemptResult.TimedOut(), MAYBE_EXECUTED, GATEWAY_TIMEOUT),
        arguments("reset before content", reset(), MAYBE_EXECUTED, BAD_GATEWAY),
        arguments("error before commit", failed(500), MAYBE_EXECUTED, ITSELF),
        arguments("200 with broken JSON", garbled(), MAYBE_EXECUTED, BAD_GATEWAY),
        arguments("401", rejected(401), NOT_EXECUTED, ITSELF),
        arguments("403", rejected(403), NOT_EXECUTED, ITSELF),
        arguments("DeploymentNotFound", rejected(404), NOT_EXECUTED, ITSELF));
  }

  /** Every row in which the answer is the caller's. */
  static Stream<Arguments> answers() {
    return Stream.of(
        arguments("200", ok(), EXECUTED),
        arguments("stream, also one that is cut after commit", stream(), EXECUTED),
        arguments("400 invalid or content filter", refused(400), EXECUTED),
        arguments("400 context_length_exceeded", refused(400), EXECUTED),
        arguments("404 of the caller", refused(404), EXECUTED),
        arguments("422", refused(422), EXECUTED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void aFailureGoesToTheNextBackendAtOnce(
      String row, AttemptResult result, Execution execution, String alone) {
    assertThat(result.execution()).isEqualTo(execution);
    assertThat(next(history(MICRO, result), serving(MICRO, TURBO))).isEqualTo(new Send(TURBO));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void theLastFailureIsGivenUpWith(
      String row, AttemptResult result, Execution execution, String alone) {
    History history = history(MICRO, result);
    List<Candidate> candidates = serving(MICRO);

    assertThat(next(history, candidates)).isEqualTo(new GiveUp(Reason.EXHAUSTED));
    Ending ending = Endings.of(Reason.EXHAUSTED, history, candidates);
    switch (alone) {
      case THROTTLED -> assertThat(ending).isInstanceOf(Ending.Throttled.class);
      case ITSELF ->
          assertThat(ending)
              .isEqualTo(new Ending.Passed(MICRO, ((AttemptResult.WithAnswer) result).answer()));
      case CLEANED ->
          assertThat(ending)
              .isEqualTo(new Ending.Failed(502, "502", "The backend 'micro' failed with 502."));
      default -> assertThat(ending.status()).isEqualTo(Integer.parseInt(alone));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void anAnswerOfTheCallersIsDeliveredAndRetriedNowhere(
      String row, AttemptResult result, Execution execution) {
    assertThat(result.execution()).isEqualTo(execution);
    assertThat(next(history(MICRO, result), serving(MICRO, TURBO))).isInstanceOf(Deliver.class);
  }

  @Test
  void theFirstOfThePriorityIsAskedFirst() {
    assertThat(next(History.EMPTY, serving(MICRO, TURBO))).isEqualTo(new Send(MICRO));
  }

  @Test
  void anExplicitRestIsNeverBroken() {
    List<Candidate> candidates = List.of(resting(MICRO, 41), resting(TURBO, 6));

    assertThat(next(History.EMPTY, candidates)).isEqualTo(new GiveUp(Reason.EXHAUSTED));
    assertThat(Endings.of(Reason.EXHAUSTED, History.EMPTY, candidates))
        .isEqualTo(new Ending.Throttled(Duration.ofSeconds(6)));
  }

  @Test
  void aBenchedBackendIsAskedWhenNothingBetterIsLeft() {
    assertThat(next(History.EMPTY, List.of(benched(MICRO), fit(TURBO)))).isEqualTo(new Send(TURBO));
    assertThat(next(History.EMPTY, List.of(benched(MICRO), resting(TURBO, 6))))
        .isEqualTo(new Send(MICRO));
  }

  @Test
  void aQuarantinedBackendIsAskedOnlyWhenNothingRestsEither() {
    assertThat(next(History.EMPTY, List.of(quarantined(MICRO), resting(TURBO, 6))))
        .isEqualTo(new GiveUp(Reason.EXHAUSTED));
    assertThat(next(History.EMPTY, List.of(quarantined(MICRO), quarantined(TURBO))))
        .isEqualTo(new Send(MICRO));
  }

  @Test
  void whenAllRejectTheCallerGetsTheRejectionOfTheHighestPriority() {
    History history = history(MICRO, rejected(401)).plus(new Attempt(TURBO, rejected(404)));

    assertThat(Endings.of(Reason.EXHAUSTED, history, serving(MICRO, TURBO)).status())
        .isEqualTo(401);
    assertThat(Endings.of(Reason.EXHAUSTED, history, serving(TURBO, MICRO)).status())
        .isEqualTo(404);
  }

  /** Thread 74: of several failures the caller gets the one that helps most. */
  @Test
  void anyThrottlingOutweighsOtherFailuresAndThoseOutweighRejections() {
    History history = history(MICRO, throttled(SEVEN)).plus(new Attempt(TURBO, failed(500)));
    assertThat(Endings.of(Reason.EXHAUSTED, history, List.of(resting(MICRO, 7), fit(TURBO))))
        .isEqualTo(new Ending.Throttled(SEVEN));

    for (AttemptResult rejection : List.of(rejected(401), tokenRefused())) {
      History after = history(MICRO, failed(502)).plus(new Attempt(TURBO, rejection));
      assertThat(status(after)).isEqualTo(502);
      History before = history(MICRO, rejection).plus(new Attempt(TURBO, failed(502)));
      assertThat(status(before)).isEqualTo(502);
    }
  }

  /**
   * Whoever does not have it says more than whoever does not let us in, and less than a failure.
   */
  @Test
  void thatSomethingIsNowhereOutweighsRejectionsAndIsOutweighedByFailures() {
    assertThat(status(history(MICRO, unknown()).plus(new Attempt(TURBO, rejected(401)))))
        .isEqualTo(404);
    assertThat(status(history(MICRO, failed(502)).plus(new Attempt(TURBO, unknown()))))
        .isEqualTo(502);
  }

  private static int status(History history) {
    return Endings.of(Reason.EXHAUSTED, history, serving(MICRO, TURBO)).status();
  }

  @Test
  void aSecondAttemptThatMayBePaidForTwiceIsTheLast() {
    History history = history(MICRO, failed(500)).plus(new Attempt(TURBO, failed(502)));

    assertThat(next(history, serving(MICRO, TURBO, FRANCE)))
        .isEqualTo(new GiveUp(Reason.AMBIGUOUS));
    assertThat(Endings.of(Reason.AMBIGUOUS, history, serving(MICRO, TURBO, FRANCE)).status())
        .isEqualTo(502);
  }

  @Test
  void retryAmbiguousNeverEndsWithTheFirst() {
    Budget never = new Budget(BUDGET.deadline(), 5, 0, Duration.ZERO, true);

    assertThat(AttemptPolicy.next(history(MICRO, failed(500)), serving(MICRO, TURBO), never, NOW))
        .isEqualTo(new GiveUp(Reason.AMBIGUOUS));
    assertThat(AttemptPolicy.next(history(MICRO, unreachable()), serving(MICRO, TURBO), never, NOW))
        .isEqualTo(new Send(TURBO));
  }

  /** Invariant 11: only what may have been executed counts. */
  @Test
  void whenAllRequestsHaveRetriedEnoughNobodyRetriesWhatMayHaveBeenExecuted() {
    Budget spent = BUDGET.with(false);

    assertThat(AttemptPolicy.next(History.EMPTY, serving(MICRO), spent, NOW))
        .isEqualTo(new Send(MICRO));
    assertThat(AttemptPolicy.next(history(MICRO, failed(500)), serving(MICRO, TURBO), spent, NOW))
        .isEqualTo(new GiveUp(Reason.BUDGET));
    assertThat(
            AttemptPolicy.next(history(MICRO, throttled(SEVEN)), serving(MICRO, TURBO), spent, NOW))
        .isEqualTo(new Send(TURBO));
  }

  @Test
  void aHalfOpenBackendIsAskedInItsTurnByOneRequest() {
    assertThat(next(History.EMPTY, List.of(halfOpen(MICRO, true), fit(TURBO))))
        .isEqualTo(new Send(MICRO));
    assertThat(next(History.EMPTY, List.of(halfOpen(MICRO, false), fit(TURBO))))
        .isEqualTo(new Send(TURBO));
    assertThat(next(History.EMPTY, List.of(benched(TURBO), halfOpen(MICRO, false))))
        .isEqualTo(new Send(MICRO));
  }

  private static Candidate halfOpen(Backend backend, boolean free) {
    return new Candidate(backend, new HealthState.HalfOpen(free));
  }

  @Test
  void theAttemptsAreCounted() {
    assertThat(AttemptPolicy.next(history(MICRO, unreachable()), serving(MICRO, TURBO), ONCE, NOW))
        .isEqualTo(new GiveUp(Reason.ATTEMPTS));
  }

  @Test
  void afterTheDeadlineNothingIsSent() {
    assertThat(
            AttemptPolicy.next(
                history(MICRO, unreachable()), serving(MICRO, TURBO), BUDGET, BUDGET.deadline()))
        .isEqualTo(new GiveUp(Reason.DEADLINE));
    assertThat(Endings.of(Reason.DEADLINE, History.EMPTY, serving(MICRO)).status()).isEqualTo(408);
  }

  @Test
  void aStaleConnectionIsOneFreeAttemptAtTheSameBackend() {
    History once = history(MICRO, new AttemptResult.Stale());
    assertThat(next(once, serving(MICRO, TURBO))).isEqualTo(new Send(MICRO));

    History twice = once.plus(new Attempt(MICRO, new AttemptResult.Stale()));
    assertThat(next(twice, serving(MICRO, TURBO))).isEqualTo(new Send(TURBO));
  }

  /** One attempt is allowed, and none has come to a backend that could have served it. */
  @Test
  void staleConnectionsAndBackendsThatDoNotHaveItAreNoAttempts() {
    History history =
        history(MICRO, new AttemptResult.Stale())
            .plus(new Attempt(MICRO, new AttemptResult.Stale()))
            .plus(new Attempt(TURBO, unknown()));

    assertThat(AttemptPolicy.next(history, serving(MICRO, TURBO, FRANCE), ONCE, NOW))
        .isEqualTo(new Send(FRANCE));
  }

  /** The caller would rather have its refusal than nothing. */
  @Test
  void aRefusalGoesOnOnlyWhileAnotherAttemptIsAllowed() {
    History refused = history(MICRO, refused(400)).onDetour();

    assertThat(next(refused, serving(TURBO))).isEqualTo(new Send(TURBO));
    assertThat(AttemptPolicy.next(refused, serving(TURBO), ONCE, NOW)).isInstanceOf(Deliver.class);
    assertThat(AttemptPolicy.next(refused, serving(TURBO), BUDGET, BUDGET.deadline()))
        .isInstanceOf(Deliver.class);
    assertThat(next(refused, List.of(resting(TURBO, 6)))).isInstanceOf(Deliver.class);
  }

  /** It holds no try of a backend in doubt that others wait for. */
  @Test
  void onlyABackendInDoubtThatNobodyTriesIsFreeToBeTried() {
    assertThat(halfOpen(MICRO, true).isFreeHalfOpen()).isTrue();
    assertThat(halfOpen(MICRO, false).isFreeHalfOpen()).isFalse();
    assertThat(fit(MICRO).isFreeHalfOpen()).isFalse();
  }

  @Test
  void aTokenThatWasRefusedIsOneFreeAttemptWithTheNextOne() {
    History once = history(MICRO, tokenRefused());
    assertThat(next(once, serving(MICRO, TURBO))).isEqualTo(new Send(MICRO));

    History twice = once.plus(new Attempt(MICRO, tokenRefused()));
    assertThat(next(twice, serving(MICRO, TURBO))).isEqualTo(new Send(TURBO));

    History elsewhere = once.plus(new Attempt(TURBO, tokenRefused()));
    assertThat(next(elsewhere, serving(MICRO, TURBO))).isEqualTo(new Send(TURBO));
  }

  @Test
  void aBackendWithoutATokenIsPassedOver() {
    History history = history(MICRO, noToken());

    assertThat(next(history, serving(MICRO, TURBO))).isEqualTo(new Send(TURBO));
    assertThat(Endings.of(Reason.EXHAUSTED, history, serving(MICRO)))
        .isEqualTo(new Ending.Failed(502, "502", "There is no token for the backend 'micro'."));
  }

  /** Thread 15: a backend is asked once, however short its rest was. */
  @Test
  void aBackendThatHasBeenAskedIsNotAskedAgain() {
    assertThat(next(history(MICRO, throttled(Duration.ofMillis(1))), serving(MICRO)))
        .isEqualTo(new GiveUp(Reason.EXHAUSTED));
  }

  /** Thread 7: a bounded wait, inside the deadline, where it is configured. */
  @Test
  void aConfiguredWaitIsWaitedWhenItIsLongEnough() {
    Budget patient = new Budget(BUDGET.deadline(), 5, 1, Duration.ofSeconds(10), true);
    History history = history(MICRO, throttled(SEVEN));

    assertThat(AttemptPolicy.next(history, List.of(resting(MICRO, 7)), patient, NOW))
        .isEqualTo(new Wait(SEVEN));
    assertThat(AttemptPolicy.next(history, List.of(resting(MICRO, 11)), patient, NOW))
        .isEqualTo(new GiveUp(Reason.EXHAUSTED));
    assertThat(AttemptPolicy.next(history.afterWait(SEVEN), serving(MICRO), patient, NOW))
        .isEqualTo(new Send(MICRO));
    assertThat(
            AttemptPolicy.next(history.afterWait(SEVEN), List.of(resting(MICRO, 7)), patient, NOW))
        .isEqualTo(new GiveUp(Reason.EXHAUSTED));
  }

  /** Whoever waited to the end of it could not be served any more. */
  @Test
  void aWaitIsShorterThanWhatIsLeftOfTheRequest() {
    Budget patient = new Budget(NOW + SEVEN.toNanos(), 5, 1, Duration.ofSeconds(10), true);

    assertThat(AttemptPolicy.next(History.EMPTY, List.of(resting(MICRO, 7)), patient, NOW))
        .isEqualTo(new GiveUp(Reason.EXHAUSTED));
    assertThat(AttemptPolicy.next(History.EMPTY, List.of(resting(MICRO, 7)), patient, NOW - 1))
        .isEqualTo(new Wait(SEVEN));
  }

  private static Decision next(History history, List<Candidate> candidates) {
    return AttemptPolicy.next(history, candidates, BUDGET, NOW);
  }

  private static History history(Backend backend, AttemptResult result) {
    return History.EMPTY.plus(new Attempt(backend, result));
  }

  private static List<Candidate> serving(Backend... backends) {
    return Stream.of(backends).map(AttemptPolicyTest::fit).toList();
  }

  private static Candidate fit(Backend backend) {
    return new Candidate(backend, HealthState.SERVING);
  }

  private static Candidate resting(Backend backend, int seconds) {
    return new Candidate(backend, new HealthState.Resting(Duration.ofSeconds(seconds)));
  }

  private static Candidate benched(Backend backend) {
    return new Candidate(backend, new HealthState.Benched(SEVEN));
  }

  private static Candidate quarantined(Backend backend) {
    return new Candidate(backend, new HealthState.Quarantined(SEVEN));
  }
}
