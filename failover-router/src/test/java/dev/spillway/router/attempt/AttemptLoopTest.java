package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.FRANCE;
import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;
import static dev.spillway.router.attempt.Fixtures.backend;
import static dev.spillway.router.attempt.Fixtures.failed;
import static dev.spillway.router.attempt.Fixtures.garbled;
import static dev.spillway.router.attempt.Fixtures.ok;
import static dev.spillway.router.attempt.Fixtures.refused;
import static dev.spillway.router.attempt.Fixtures.rejected;
import static dev.spillway.router.attempt.Fixtures.stream;
import static dev.spillway.router.attempt.Fixtures.terms;
import static dev.spillway.router.attempt.Fixtures.throttled;
import static dev.spillway.router.attempt.Fixtures.throttledWithoutWait;
import static dev.spillway.router.attempt.Fixtures.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.config.Limits;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Heard;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptLoopTest extends LoopFixture {

  @Test
  void throttledRequestIsFinishedOnTheNextBackendWithTheSameCall() throws Exception {
    upstream.on(MICRO, throttled(SIX), Duration.ofMillis(12));
    upstream.on(TURBO, ok(), Duration.ofMillis(843));

    Reply reply = loop.run(Fixtures.call());

    assertThat(reply.ending().status()).isEqualTo(200);
    assertThat(line(reply)).isEqualTo("micro=429(retry-after 6s, 12ms) -> 35turbo=200(843ms)");
    assertThat(upstream.calls().get(0).body()).isSameAs(upstream.calls().get(1).body());
    assertThat(metrics.scrape())
        .contains("failovers_total{from=\"micro\",reason=\"429\",to=\"35turbo\"} 1.0")
        .contains("leaked_429_total 0.0");
  }

  /** Thread 9: the very next request sees the rest. */
  @Test
  void restingBackendIsPassedOverForAsLongAsItAskedAndThenAskedAgain() throws Exception {
    upstream.on(MICRO, throttled(Duration.ofSeconds(41)), ok()).on(TURBO, ok());
    loop.run(Fixtures.call());
    upstream.asked();

    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=resting(41s) -> 35turbo=200(0ms)");
    clock.advance(Duration.ofMillis(40_999));
    loop.run(Fixtures.call());
    clock.advance(Duration.ofMillis(1));
    loop.run(Fixtures.call());

    assertThat(upstream.asked()).containsExactly("35turbo", "35turbo", "micro");
  }

  /**
   * Threads 3 and 6: each backend's own wait counts, and the caller gets what is left of the
   * smaller.
   */
  @Test
  void whenAllRestTheCallerGetsTheSmallestRemainingWait() throws Exception {
    upstream.on(MICRO, throttled(Duration.ofSeconds(41))).on(TURBO, throttled(SIX));

    assertThat(wait(loop.run(Fixtures.call()))).isEqualTo(SIX);
    clock.advance(Duration.ofSeconds(2));
    upstream.asked();
    Reply second = loop.run(Fixtures.call());

    assertThat(wait(second)).isEqualTo(Duration.ofSeconds(4));
    assertThat(line(second)).isEqualTo("micro=resting(39s) -> 35turbo=resting(4s)");
    assertThat(second.trace().outcome().backend()).isNull();
    assertThat(upstream.asked()).isEmpty();
    assertThat(metrics.scrape()).contains("leaked_429_total 2.0");
  }

  /** Invariant 18: whoever sleeps just as long as told succeeds. */
  @Test
  void theWaitThatTheCallerGetsIsExact() throws Exception {
    upstream.on(MICRO, throttled(Duration.ofMillis(1_501)), ok());
    loop = loop(Limits.DEFAULT, MICRO);

    clock.advance(wait(loop.run(Fixtures.call())));

    assertThat(loop.run(Fixtures.call()).ending().status()).isEqualTo(200);
  }

  /** Threads 16 and 18: no header at all still moves on, and rests for seconds, not minutes. */
  @Test
  void aThrottlingWithoutAWaitMovesOnAndRestsTwoSeconds() throws Exception {
    upstream.on(MICRO, throttledWithoutWait()).on(TURBO, ok());

    assertThat(loop.run(Fixtures.call()).ending().status()).isEqualTo(200);
    assertThat(line(loop.run(Fixtures.call()))).startsWith("micro=resting(2s)");
  }

  /** Thread 14: a wait of hours means that this request was too big, not that nobody is served. */
  @Test
  void aWaitAboveTheLongestRestsTwoSeconds() throws Exception {
    upstream.on(MICRO, throttled(Duration.ofDays(1))).on(TURBO, ok());
    loop.run(Fixtures.call());

    assertThat(line(loop.run(Fixtures.call()))).startsWith("micro=resting(2s)");
  }

  /** Thread 2: a later, shorter wait never shortens a rest; here two calls were on their way. */
  @Test
  void aLaterShorterWaitDoesNotShortenTheRest() throws Exception {
    Backend twin = backend("twin", "micro");
    loop = loop(Limits.DEFAULT, MICRO, twin, TURBO);
    upstream.on(MICRO, throttled(Duration.ofSeconds(30)), ok()).on(twin, throttled(SIX));
    upstream.on(TURBO, ok());

    loop.run(Fixtures.call());

    assertThat(line(loop.run(Fixtures.call())))
        .isEqualTo("micro=resting(30s) -> twin=resting(30s) -> 35turbo=200(0ms)");
  }

  /** Thread 17: backends of one quota group rest together; others do not (thread 30). */
  @Test
  void aQuotaGroupRestsTogether() throws Exception {
    Backend a = backend("a", "contoso");
    Backend b = backend("b", "contoso");
    loop = loop(Limits.DEFAULT, a, b, TURBO);
    upstream.on(a, throttled(SIX)).on(TURBO, ok());

    loop.run(Fixtures.call());

    assertThat(upstream.asked()).containsExactly("a", "35turbo");
  }

  static Stream<AttemptResult> callersFaults() {
    return Stream.of(refused(400), refused(404), refused(413), refused(415), refused(422));
  }

  /** Threads 11 and 64: what is wrong with a request says nothing about the backend. */
  @ParameterizedTest
  @MethodSource("callersFaults")
  void callersFaultIsRetriedNowhereAndChangesNoHealth(AttemptResult fault) throws Exception {
    upstream.on(MICRO, fault);
    for (int i = 0; i < 5; i++) {
      assertThat(loop.run(Fixtures.call()).trace().outcome().backend()).isEqualTo("micro");
    }
    assertThat(upstream.asked()).hasSize(5).containsOnly("micro");
  }

  /** Thread 60 and 61: the router's own mistakes are not the caller's. */
  @Test
  void rejectedBackendIsQuarantinedForAMinuteAndThenTriedAgain() throws Exception {
    upstream.on(MICRO, rejected(401), ok()).on(TURBO, ok());

    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=401(0ms) -> 35turbo=200(0ms)");
    assertThat(line(loop.run(Fixtures.call())))
        .isEqualTo("micro=quarantined(60s) -> 35turbo=200(0ms)");
    clock.advance(Duration.ofSeconds(60));
    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
  }

  @Test
  void whenAllRejectTheCallerGetsTheFirstRejection() throws Exception {
    upstream.on(MICRO, rejected(404)).on(TURBO, rejected(401));

    assertThat(loop.run(Fixtures.call()).ending().status()).isEqualTo(404);
    assertThat(loop.run(Fixtures.call()).ending().status()).isEqualTo(404);
  }

  @Test
  void threeFailuresInARowBenchABackendAndASuccessClearsThem() throws Exception {
    upstream.on(MICRO, failed(500), failed(500), ok(), failed(500), failed(500), failed(500), ok());
    upstream.on(TURBO, ok());
    for (int i = 0; i < 6; i++) {
      loop.run(Fixtures.call());
    }
    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=benched(1s) -> 35turbo=200(0ms)");

    clock.advance(Duration.ofSeconds(1));
    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
  }

  /** Invariant 13 of a dead backend: it costs a probe now and then, less often each time. */
  @Test
  void unreachableBackendIsBenchedAtOnceAndLongerEachTime() throws Exception {
    upstream.on(MICRO, unreachable()).on(TURBO, ok());
    List<String> benches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      loop.run(Fixtures.call());
      String line = line(loop.run(Fixtures.call()));
      benches.add(line.substring(0, line.indexOf(' ')));
      clock.advance(Duration.ofSeconds(60));
    }
    assertThat(benches)
        .containsExactly(
            "micro=benched(1s)",
            "micro=benched(2s)",
            "micro=benched(4s)",
            "micro=benched(8s)",
            "micro=benched(16s)",
            "micro=benched(32s)",
            "micro=benched(60s)",
            "micro=benched(60s)");
  }

  /** Threads 53 to 55: an answer that may have been paid for is asked for a second time at most. */
  @Test
  void aRequestThatMayHaveBeenExecutedIsSentTwiceAtMost() throws Exception {
    loop = loop(Limits.DEFAULT, MICRO, TURBO, FRANCE);
    upstream.on(MICRO, garbled()).on(TURBO, new AttemptResult.TimedOut()).on(FRANCE, ok());

    Reply reply = loop.run(Fixtures.call());

    assertThat(reply.ending().status()).isEqualTo(504);
    assertThat(reply.trace().outcome().why()).isEqualTo("ambiguous");
    assertThat(upstream.asked()).containsExactly("micro", "35turbo");
  }

  @Test
  void retryAmbiguousNeverSendsItOnce() throws Exception {
    Terms terms = terms(Duration.ofMinutes(2), 5, Duration.ZERO, RetryAmbiguous.NEVER);
    upstream.on(MICRO, failed(502)).on(TURBO, ok());

    assertThat(loop.run(Fixtures.callOn(terms)).ending().status()).isEqualTo(502);
    assertThat(upstream.asked()).containsExactly("micro");
  }

  /** Threads 50 to 52: attempts are bounded by the cap and by the number of backends. */
  @Test
  void attemptsNeverExceedTheCapOrTheBackends() throws Exception {
    upstream.on(MICRO, unreachable()).on(TURBO, unreachable());
    loop.run(Fixtures.call());
    assertThat(upstream.asked()).containsExactly("micro", "35turbo");

    loop = loop(Limits.DEFAULT, MICRO, TURBO);
    Terms once = terms(Duration.ofMinutes(2), 1, Duration.ZERO, RetryAmbiguous.ONCE);
    assertThat(loop.run(Fixtures.callOn(once)).trace().outcome().why()).isEqualTo("attempts");
    assertThat(upstream.asked()).containsExactly("micro");
  }

  /**
   * Thread 59: a silent backend costs its limit once, and what is left of the deadline bounds it.
   */
  @Test
  void noAttemptMayTakeLongerThanWhatIsLeftOfTheRequest() throws Exception {
    Terms terms = terms(Duration.ofSeconds(70), 5, Duration.ZERO, RetryAmbiguous.ONCE);
    upstream.on(MICRO, new AttemptResult.TimedOut(), Duration.ofSeconds(60));
    upstream.on(TURBO, new AttemptResult.TimedOut(), Duration.ofSeconds(10));

    Reply reply = loop.run(Fixtures.callOn(terms));

    assertThat(upstream.limits().get(0).firstByte()).isEqualTo(Duration.ofSeconds(60));
    assertThat(upstream.limits().get(1).firstByte()).isEqualTo(Duration.ofSeconds(10));
    assertThat(reply.ending())
        .isEqualTo(new Ending.Failed(408, "Timeout", "The operation was timeout."));
    assertThat(reply.trace().outcome().took()).isEqualTo(Duration.ofSeconds(70));
  }

  /**
   * Thread 5: nothing ever sleeps while another backend may be asked; a frozen clock would hang.
   */
  @Test
  void aFailoverNeverSleeps() throws Exception {
    Terms terms = terms(Duration.ofMinutes(2), 5, Duration.ofSeconds(60), RetryAmbiguous.ONCE);
    upstream.on(MICRO, throttled(SIX)).on(TURBO, ok());

    assertThat(loop.run(Fixtures.callOn(terms)).trace().outcome().took()).isZero();
  }

  @Test
  void aRouteMayWaitForARestToEnd() throws Exception {
    loop = loop(Limits.DEFAULT, MICRO);
    upstream.on(MICRO, throttled(SIX)).on(MICRO, ok());
    loop.run(Fixtures.call());
    assertThat(loop.run(Fixtures.call()).ending().status()).isEqualTo(429);

    Terms patient = terms(Duration.ofMinutes(2), 5, SIX, RetryAmbiguous.ONCE);
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reply> reply = other.submit(() -> loop.run(Fixtures.callOn(patient)));
      await().until(() -> clock.nextWakeUp().isPresent());
      clock.advance(SIX);
      assertThat(line(reply.get())).isEqualTo("wait(6000ms) -> micro=200(0ms)");
    }
  }

  @Test
  void equalPrioritiesTakeTurns() throws Exception {
    Pool pool =
        Pool.of("pool", List.of(new Member(MICRO, 1), new Member(TURBO, 1), new Member(FRANCE, 2)));
    loop = loop(Limits.DEFAULT, pool);
    upstream.on(MICRO, ok()).on(TURBO, ok()).on(FRANCE, ok());
    for (int i = 0; i < 4; i++) {
      loop.run(Fixtures.call());
    }
    assertThat(upstream.asked()).containsExactly("micro", "35turbo", "micro", "35turbo");
  }

  /** Thread 10: what is recorded for people has no part in what is decided. */
  @Test
  void withoutTracesNothingElseChanges() throws Exception {
    upstream.on(MICRO, throttled(SIX)).on(TURBO, ok());
    loop.run(Fixtures.call());
    loop.run(Fixtures.call());
    assertThat(traces.newestFirst()).extracting(RequestTrace::attempts).containsExactly(1, 2);
  }

  /** Threads 31 and 32: a cut stream is known as cut, and counts against its backend. */
  @Test
  void aStreamThatIsCutCountsAgainstItsBackend() throws Exception {
    upstream.on(MICRO, stream()).on(TURBO, ok());
    for (int i = 0; i < 3; i++) {
      Reply reply = loop.run(Fixtures.call());
      assertThat(traces.newestFirst().getFirst().course().delivery()).isEqualTo(Delivery.STARTED);
      loop.delivered(reply, Delivery.CUT, Heard.NOTHING);
    }
    assertThat(traces.newestFirst())
        .extracting(trace -> trace.course().delivery())
        .containsOnly(Delivery.CUT);
  }

  /** Its backend would write on, and its connection stay open, for nobody. */
  @Test
  void aStreamThatWasNeverBegunToBePassedOnIsClosed() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream body =
        new ByteArrayInputStream(new byte[1]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    upstream.on(
        MICRO,
        new AttemptResult.Succeeded(new Answer(200, List.of(), new AnswerBody.Arriving(body))));

    loop.finished(loop.run(Fixtures.call()));

    assertThat(closed).isTrue();
  }

  /** A caller who says how long it waits is never kept longer. */
  @Test
  void theCallersDeadlineIsTheRequests() throws Exception {
    upstream.on(MICRO, failed(500), Duration.ofSeconds(3)).on(TURBO, ok());

    Reply reply = loop.run(Fixtures.callWithin(Duration.ofSeconds(3)));

    assertThat(reply.ending().status()).isEqualTo(408);
    assertThat(upstream.limits().getFirst().whole()).isEqualTo(Duration.ofSeconds(3));
    assertThat(upstream.asked()).containsExactly("micro");
  }

  @Test
  void aBackendInDoubtIsTriedByOneRequestAndThenServesAgain() throws Exception {
    upstream.on(MICRO, unreachable(), ok()).on(TURBO, ok());
    loop.run(Fixtures.call());
    clock.advance(Duration.ofSeconds(1));
    upstream.asked();

    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
  }

  /** Threads 47 and 53: what was asked for a caller who left is not forgotten. */
  @Test
  void anAttemptThatTheCallerDidNotWaitForIsInTheTrace() {
    upstream.on(MICRO, throttled(SIX)).leavesDuring(TURBO);

    assertThatThrownBy(() -> loop.run(Fixtures.call())).isInstanceOf(InterruptedException.class);

    RequestTrace trace = traces.newestFirst().getFirst();
    assertThat(trace.outcome().why()).isEqualTo("caller-left");
    assertThat(TraceLine.of(trace.steps()))
        .isEqualTo("micro=429(retry-after 6s, 0ms) -> 35turbo=caller-left(0ms)");
  }

  @Test
  void whoIsAtWorkIsCountedUntilItsAnswerIsOver() throws Exception {
    upstream.on(MICRO, stream());
    Reply reply = loop.run(Fixtures.call());
    assertThat(loads.inFlight(MICRO)).isEqualTo(1);

    loop.finished(reply);
    assertThat(loads.inFlight(MICRO)).isZero();

    upstream.on(MICRO, ok());
    loop.finished(loop.run(Fixtures.call()));
    loop.finished(loop.run(Fixtures.call()));
    assertThat(loads.inFlight(MICRO)).isZero();
  }
}
