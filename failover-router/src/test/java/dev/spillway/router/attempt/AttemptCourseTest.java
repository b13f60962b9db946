package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.FRANCE;
import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;
import static dev.spillway.router.attempt.Fixtures.failed;
import static dev.spillway.router.attempt.Fixtures.ok;
import static dev.spillway.router.attempt.Fixtures.refused;
import static dev.spillway.router.attempt.Fixtures.stream;
import static dev.spillway.router.attempt.Fixtures.terms;
import static dev.spillway.router.attempt.Fixtures.throttled;
import static dev.spillway.router.attempt.Fixtures.tooLong;
import static dev.spillway.router.attempt.Fixtures.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.auth.Quota;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.lookahead.HeadRoom;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Detours;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.quota.Admission.Limit;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.upstream.Heard;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request leaves behind: for its caller's quota, for its backends, for whoever looks on. */
class AttemptCourseTest extends LoopFixture {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** 100 tokens a minute, of which each request is charged 16 in advance. */
  private static final Caller BATCH =
      new Caller("batch", Priority.NORMAL, Set.of(), new Quota(100, Quota.UNLIMITED));

  private static final Terms LONGER =
      terms(Duration.ofMinutes(2), 5, Duration.ZERO, RetryAmbiguous.ONCE)
          .with(new Detours("large", null));

  @Test
  void whoeverHasUsedUpItsQuotaIsRefusedAndNobodyIsAsked() throws Exception {
    upstream.on(MICRO, ok(new Usage(80, 15, 0)));
    loop.run(Fixtures.callOf(BATCH));
    upstream.asked();

    Reply reply = loop.run(Fixtures.callOf(BATCH));

    assertThat(reply.ending().status()).isEqualTo(429);
    assertThat(reply.ending())
        .isInstanceOfSatisfying(
            Ending.OverQuota.class,
            over -> {
              assertThat(over.over().limit()).isEqualTo(Limit.TOKENS);
              assertThat(over.over().retryAfter()).isEqualTo(Duration.ofMillis(6_600));
            });
    assertThat(line(reply)).isEqualTo("quota=tokens(7s)");
    assertThat(upstream.asked()).isEmpty();
  }

  /** What failed on the way is not the caller's doing. */
  @Test
  void aCallerIsChargedForTheAnswerThatItGot() throws Exception {
    upstream.on(MICRO, failed(500)).on(TURBO, ok(new Usage(50, 34, 0)));
    loop.run(Fixtures.callOf(BATCH));

    assertThat(loop.run(Fixtures.callOf(BATCH)).ending().status()).isEqualTo(200);
    assertThat(loop.run(Fixtures.callOf(BATCH)).ending().status()).isEqualTo(429);
  }

  @Test
  void aCallerIsChargedForAStreamWhenItIsOver() throws Exception {
    upstream.on(MICRO, stream());
    Reply reply = loop.run(Fixtures.callOf(BATCH));
    loop.delivered(reply, Delivery.COMPLETE, new Heard(new Usage(90, 5, 0), 20, null));

    assertThat(loop.run(Fixtures.callOf(BATCH)).ending().status()).isEqualTo(429);
  }

  /** Nobody says how much it was, so that a quarter of the characters is taken. */
  @Test
  void aCallerIsChargedByTheLengthOfAnAnswerThatDoesNotSayWhatItUsed() throws Exception {
    upstream.on(MICRO, stream());
    Reply reply = loop.run(Fixtures.callOf(BATCH));
    loop.delivered(reply, Delivery.COMPLETE, new Heard(null, 340, null));

    assertThat(loop.run(Fixtures.callOf(BATCH)).ending().status()).isEqualTo(429);
  }

  @Test
  void whatACallerHasUsedOutlivesAReload() throws Exception {
    upstream.on(MICRO, ok(new Usage(80, 15, 0)));
    loop.run(Fixtures.callOf(BATCH));

    assertThat(reloaded(Limits.DEFAULT).run(Fixtures.callOf(BATCH)).ending().status())
        .isEqualTo(429);
  }

  @Test
  void aStreamIsTimedToItsEnd() throws Exception {
    upstream.on(MICRO, stream(), SECOND);
    Reply reply = loop.run(Fixtures.call());
    clock.advance(SIX);
    loop.delivered(reply, Delivery.COMPLETE, Heard.NOTHING);

    RequestTrace trace = traces.newestFirst().getFirst();
    assertThat(trace.outcome().took()).isEqualTo(SECOND);
    assertThat(trace.course().took()).isEqualTo(SECOND.plus(SIX));
    assertThat(trace.candidates()).containsExactly("micro", "35turbo");
  }

  /** Three failures in a row bench it; that the caller left is none. */
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void onlyAStreamThatItCutCountsAgainstABackend(Delivery delivery) throws Exception {
    upstream.on(MICRO, stream(), failed(500), failed(500)).on(TURBO, ok());
    loop.delivered(loop.run(Fixtures.call()), delivery, Heard.NOTHING);
    loop.run(Fixtures.call());
    loop.run(Fixtures.call());

    assertThat(line(loop.run(Fixtures.call())))
        .startsWith(delivery == Delivery.CUT ? "micro=benched(1s)" : "micro=500");
  }

  /** A tenth of the requests, and the ten that it begins with. */
  @Test
  void aRouterInTroubleRetriesNoMoreThanItsShare() throws Exception {
    loop = loop(retrying(10), MICRO, TURBO);
    upstream.on(TURBO, ok());
    int retried = 0;
    for (int i = 0; i < 50; i++) {
      upstream.on(MICRO, failed(500), ok());
    }
    for (int i = 0; i < 100; i++) {
      Reply reply = loop.run(Fixtures.call());
      retried += reply.trace().attempts() - 1;
      assertThat(reply.trace().outcome().why()).isIn("answered", "budget");
    }

    assertThat(retried).isBetween(18, 20);
  }

  @Test
  void aProbeThatTheCallersFaultEndedIsGivenBack() throws Exception {
    upstream.on(MICRO, unreachable(), refused(400), ok()).on(TURBO, ok());
    loop.run(Fixtures.call());
    clock.advance(SECOND);

    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=400(0ms)");
    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
  }

  @Test
  void whatIsTooLongForOnePoolGoesOnToTheNext() throws Exception {
    loop = loop(Limits.DEFAULT, pool("pool", MICRO, TURBO), pool("large", FRANCE));
    upstream.on(MICRO, tooLong()).on(FRANCE, ok());

    assertThat(line(loop.run(Fixtures.callOn(LONGER))))
        .isEqualTo("micro=400(0ms) -> france=200(0ms)");
  }

  @Test
  void aPoolIsNoWayOutOfItself() throws Exception {
    Terms itself = LONGER.with(new Detours("pool", null));
    upstream.on(MICRO, tooLong()).on(TURBO, ok());

    assertThat(line(loop.run(Fixtures.callOn(itself)))).isEqualTo("micro=400(0ms)");
  }

  @Test
  void whatIsAtOneBackendOnlyGoesNowhereElse() throws Exception {
    loop = loop(Limits.DEFAULT, pool("pool", MICRO, TURBO), pool("large", FRANCE));
    upstream.on(TURBO, tooLong()).on(FRANCE, ok());
    CallPlan call = Fixtures.callConcerning(new Stay.With("resp_1", "35turbo"), LONGER);

    assertThat(line(loop.run(call))).isEqualTo("resp_1 is at 35turbo -> 35turbo=400(0ms)");
    assertThat(loop.outlook(call).order()).containsExactly(TURBO);
  }

  @Test
  void anOutlookTellsWhoWouldBeAskedAndAsksNobody() throws Exception {
    upstream.on(MICRO, throttled(SIX)).on(TURBO, ok());
    for (int i = 0; i < 3; i++) {
      assertThat(loop.outlook(Fixtures.call()).next()).isEqualTo(new Outlook.Next.Ask(MICRO));
    }
    assertThat(upstream.asked()).isEmpty();
    loop.run(Fixtures.call());

    Outlook outlook = loop.outlook(Fixtures.call());

    assertThat(outlook.next()).isEqualTo(new Outlook.Next.Ask(TURBO));
    assertThat(outlook.order()).containsExactly(MICRO, TURBO);
    assertThat(TraceLine.of(outlook.passedOver())).isEqualTo("micro=resting(6s)");
  }

  @Test
  void anOutlookTellsWhatTheCallerWouldGetWhenAllRest() throws Exception {
    upstream.on(MICRO, throttled(SIX)).on(TURBO, throttled(SIX));
    loop.run(Fixtures.call());
    Terms patient = terms(Duration.ofMinutes(2), 5, SIX, RetryAmbiguous.ONCE);

    assertThat(loop.outlook(Fixtures.call()).next()).isEqualTo(new Outlook.Next.Answer(429, SIX));
    assertThat(loop.outlook(Fixtures.callOn(patient)).next()).isEqualTo(new Outlook.Next.Wait(SIX));
  }

  @Test
  void anOutlookSaysWhereSomethingIs() {
    Stay stay = new Stay.With("resp_1", "35turbo");

    assertThat(TraceLine.of(loop.outlook(Fixtures.callConcerning(stay, LONGER)).passedOver()))
        .isEqualTo("resp_1 is at 35turbo");
  }

  @Test
  void whoseTurnItIsOutlivesAReload() throws Exception {
    Pool equals = Pool.of("pool", List.of(new Member(MICRO, 1), new Member(TURBO, 1)));
    loop = loop(Limits.DEFAULT, equals);
    upstream.on(MICRO, ok()).on(TURBO, ok());
    loop.run(Fixtures.call());
    loop.followedBy(List.of(equals), Limits.DEFAULT, upstream, health(), lookAhead(MICRO, TURBO))
        .run(Fixtures.call());

    assertThat(upstream.asked()).containsExactly("micro", "35turbo");
  }

  @Test
  void aLatencyIsThatOfTheAttemptAndOnlyOfAGoodAnswer() throws Exception {
    upstream.on(MICRO, failed(500), SECOND).on(TURBO, ok(), Duration.ofMillis(300));
    loop.run(Fixtures.call());

    assertThat(loads.latency(MICRO)).isZero();
    assertThat(loads.latency(TURBO)).isEqualTo(300e6);
  }

  @Test
  void whatARefusalGaveBackIsThereForTheNext() throws Exception {
    Backend small = MICRO.with(new DeploymentLimits.Standard(20L, null, Duration.ofSeconds(10)));
    loop = loop(Limits.DEFAULT, small, TURBO);
    upstream.on(MICRO, unreachable(), ok()).on(TURBO, ok());
    loop.run(Fixtures.call());
    clock.advance(SECOND);

    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
  }

  /** It is charged on its way, as what nobody knows of. */
  @Test
  void whoeverLeavesHasTakenWhatItWasExpectedToTake() throws Exception {
    Backend small = MICRO.with(new DeploymentLimits.Standard(20L, null, Duration.ofSeconds(10)));
    loop = loop(Limits.DEFAULT, small, TURBO);
    upstream.on(MICRO, ok()).on(TURBO, ok());
    upstream.leavesDuring(small);
    assertThatThrownBy(() -> loop.run(Fixtures.call())).isInstanceOf(InterruptedException.class);

    RequestTrace left = traces.newestFirst().getFirst();
    assertThat(left.outcome().status()).isEqualTo(499);
    assertThat(left.works().getFirst().attempt().spent()).isInstanceOf(Spent.Unknown.class);
    assertThat(line(loop.run(Fixtures.call()))).startsWith("micro=no-room(needs 16, 4 left");
  }

  /** A mistake of ours must not leave a reservation that nobody settles, nor hold a probe. */
  @Test
  void anAttemptThatFailsUnforeseenIsSettledAsOneThatNobodyKnowsOf() {
    Backend small = MICRO.with(new DeploymentLimits.Standard(20L, null, Duration.ofSeconds(10)));
    LookAhead lookAhead = lookAhead(small);
    HealthBoard health = health(Limits.DEFAULT, Set.of(small));
    health.unreachable(small, clock.nanoTime());
    clock.advance(SECOND);
    AttemptLoop failing =
        loop.followedBy(
            List.of(pool("pool", small)),
            Limits.DEFAULT,
            (backend, call, limits) -> {
              clock.advance(Duration.ofMillis(400));
              throw new IllegalStateException("a mistake");
            },
            health,
            lookAhead);

    assertThatThrownBy(() -> failing.run(Fixtures.call()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(lookAhead.headRoom(small, clock.nanoTime()).tokens())
        .isEqualTo(new HeadRoom.Left(20, 4, Duration.ofMinutes(1)));
    assertThat(health.state(small, clock.nanoTime())).isEqualTo(new HealthState.HalfOpen(true));
    assertThat(loads.inFlight(small)).isZero();
  }

  private AttemptLoop reloaded(Limits limits) {
    return loop.followedBy(
        List.of(pool("pool", MICRO, TURBO)), limits, upstream, health(), lookAhead(MICRO, TURBO));
  }

  private HealthBoard health() {
    return health(Limits.DEFAULT, Set.of(MICRO, TURBO));
  }

  private LookAhead lookAhead(Backend... backends) {
    return new LookAhead(List.of(backends), true, clock.nanoTime());
  }

  /** So many of a hundred requests, and none besides. */
  private static Limits retrying(int percent) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        usual.timeout(),
        usual.connectTimeout(),
        usual.firstByteTimeout(),
        usual.firstTokenTimeout(),
        usual.streamIdleTimeout(),
        usual.maxAttempts(),
        usual.maxCooldown(),
        usual.defaultCooldown(),
        usual.maxWait(),
        usual.retryAmbiguous(),
        percent,
        0,
        usual.slowStart(),
        usual.bodies(),
        usual.maxBufferedResponse(),
        usual.traces(),
        usual.lookAhead());
  }
}
