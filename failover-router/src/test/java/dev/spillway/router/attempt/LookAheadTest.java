package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.FRANCE;
import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;
import static dev.spillway.router.attempt.Fixtures.ok;
import static dev.spillway.router.attempt.Fixtures.stream;
import static dev.spillway.router.attempt.Fixtures.throttled;
import static dev.spillway.router.attempt.Fixtures.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.auth.Priority;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.backend.SpillAt;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.health.RestRule;
import dev.spillway.router.health.SlowStart;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.lookahead.Room;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.TraceJson;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.trace.Witness;
import dev.spillway.router.upstream.Heard;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each call is charged 16 tokens. */
class LookAheadTest {

  private static final Duration SIX = Duration.ofSeconds(6);
  private static final Backend SMALL = limited(MICRO, 40);
  private static final Backend OTHER = limited(TURBO, 20);

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeUpstream upstream = new FakeUpstream(clock);
  private final RouterMetrics metrics = new RouterMetrics();
  private final TraceRing traces = new TraceRing(10);

  @Test
  void aBackendThatWouldRefuseIsPassedOverAndTheTraceSaysWhy() throws Exception {
    AttemptLoop loop = loop(true, new Member(SMALL, 1), new Member(TURBO, 2));
    upstream.on(MICRO, ok()).on(TURBO, ok());
    loop.run(Fixtures.call());
    clock.advance(Duration.ofSeconds(37));
    loop.run(Fixtures.call());

    Reply third = loop.run(Fixtures.call());

    assertThat(line(third))
        .isEqualTo("micro=no-room(needs 16, 8 left for 23s) -> 35turbo=200(0ms)");
    assertThat(TraceJson.of(third.trace()))
        .contains(
            """
            {"step":"skipped","backend":"micro","why":"no-room","of":"tokens","needs":16,"left":8,"left-ms":23000.0}\
            """);
    assertThat(upstream.asked()).containsExactly("micro", "micro", "35turbo");
    assertThat(metrics.scrape())
        .contains("look_ahead_skips_total{backend=\"micro\",reason=\"tokens\"} 1.0")
        .doesNotContain("unforeseen_429_total");
  }

  @Test
  void itIsAskedAgainInTheNextWindow() throws Exception {
    AttemptLoop loop = loop(true, new Member(OTHER, 1), new Member(FRANCE, 2));
    upstream.on(TURBO, ok()).on(FRANCE, ok());
    loop.run(Fixtures.call());
    loop.run(Fixtures.call());
    clock.advance(Duration.ofMinutes(1));
    loop.run(Fixtures.call());

    assertThat(upstream.asked()).containsExactly("35turbo", "france", "35turbo");
  }

  /** The one with more time to go is not asked before the other. */
  @Test
  void whenAllAreExpectedToRefuseTheLeastBadIsAskedAllTheSame() throws Exception {
    AttemptLoop loop = loop(true, new Member(SMALL, 2), new Member(OTHER, 1));
    upstream.on(MICRO, ok()).on(TURBO, ok());
    loop.run(Fixtures.call()); // all of the other
    clock.advance(Duration.ofSeconds(1));
    loop.run(Fixtures.call());
    loop.run(Fixtures.call()); // all of the small one
    upstream.asked();

    Reply reply = loop.run(Fixtures.call());

    assertThat(reply.ending().status()).isEqualTo(200);
    assertThat(line(reply))
        .isEqualTo("35turbo=no-room(needs 16, 4 left for 59s) -> 35turbo=200(0ms)");
  }

  @Test
  void anExpectationThatProvesWrongIsAnOrdinaryFailover() throws Exception {
    AttemptLoop loop = loop(true, new Member(SMALL, 1), new Member(TURBO, 2));
    upstream.on(MICRO, throttled(SIX)).on(TURBO, ok());

    assertThat(line(loop.run(Fixtures.call())))
        .isEqualTo("micro=429(retry-after 6s, 0ms) -> 35turbo=200(0ms)");
    assertThat(metrics.scrape()).contains("unforeseen_429_total{backend=\"micro\"} 1.0");
  }

  @Test
  void backendsOfOneQuotaGroupAreChargedTogether() throws Exception {
    Backend one = limited(MICRO, 20).in("shared");
    Backend two = limited(TURBO, 20).in("shared");
    AttemptLoop loop = loop(true, new Member(one, 1), new Member(two, 2), new Member(FRANCE, 3));
    upstream.on(MICRO, ok()).on(FRANCE, ok());
    loop.run(Fixtures.call());

    assertThat(line(loop.run(Fixtures.call())))
        .isEqualTo(
            "micro=no-room(needs 16, 4 left for 60s) -> 35turbo=no-room(needs 16, 4 left for 60s)"
                + " -> france=200(0ms)");
  }

  @Test
  void callersOfLowPriorityMakeWayFirst() throws Exception {
    Member first = new Member(limited(MICRO, 160), 1, 1, SpillAt.of(90));
    AttemptLoop loop = loop(true, first, new Member(TURBO, 2));
    upstream.on(MICRO, ok()).on(TURBO, ok());
    for (int i = 0; i < 6; i++) {
      loop.run(Fixtures.callOf(Priority.LOW));
    }
    assertThat(line(loop.run(Fixtures.callOf(Priority.LOW))))
        .isEqualTo("micro=spilled(60% in use, 60% allowed) -> 35turbo=200(0ms)");

    for (int i = 0; i < 3; i++) {
      assertThat(line(loop.run(Fixtures.callOf(Priority.NORMAL)))).isEqualTo("micro=200(0ms)");
    }
    assertThat(line(loop.run(Fixtures.callOf(Priority.NORMAL))))
        .isEqualTo("micro=spilled(90% in use, 90% allowed) -> 35turbo=200(0ms)");

    assertThat(line(loop.run(Fixtures.callOf(Priority.HIGH)))).isEqualTo("micro=200(0ms)");
    assertThat(line(loop.run(Fixtures.callOf(Priority.HIGH))))
        .isEqualTo("micro=no-room(needs 16, 0 left for 60s) -> 35turbo=200(0ms)");
    assertThat(metrics.scrape())
        .contains("look_ahead_skips_total{backend=\"micro\",reason=\"spill\"} 2.0");
  }

  @Test
  void whoMakesWayIsServedWhereNobodyElseIs() throws Exception {
    AttemptLoop loop = loop(true, new Member(limited(MICRO, 160), 1, 1, SpillAt.of(15)));
    upstream.on(MICRO, ok());
    loop.run(Fixtures.callOf(Priority.LOW));

    assertThat(line(loop.run(Fixtures.callOf(Priority.LOW))))
        .isEqualTo("micro=spilled(10% in use, 10% allowed) -> micro=200(0ms)");
  }

  @Test
  void whatAStreamHasUsedTakesThePlaceOfItsEstimateWhenItIsOver() throws Exception {
    Backend provisioned = MICRO.with(new DeploymentLimits.Provisioned(1_000L, 4));
    AttemptLoop loop = loop(true, new Member(provisioned, 1), new Member(TURBO, 2));
    upstream.on(MICRO, stream()).on(TURBO, ok());
    Reply first = loop.run(Fixtures.call());
    assertThat(line(loop.run(Fixtures.call()))).startsWith("micro=no-room(256% in use");

    loop.delivered(first, Delivery.COMPLETE, new Heard(new Usage(10, 10, 0), 40, null));

    assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
  }

  @Test
  void withoutLookAheadNothingIsExpected() throws Exception {
    AttemptLoop loop = loop(false, new Member(SMALL, 1), new Member(TURBO, 2));
    upstream.on(MICRO, ok());
    for (int i = 0; i < 5; i++) {
      assertThat(line(loop.run(Fixtures.call()))).isEqualTo("micro=200(0ms)");
    }
  }

  /** What is expected changes the order in which backends are asked, and nothing else. */
  @Test
  void whoeverWouldBeAskedWithoutExpectationsIsAskedWithThem() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      List<Candidate> plain = new ArrayList<>();
      List<Candidate> expecting = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        Backend backend = Fixtures.backend("b" + i);
        HealthState state = state(random);
        plain.add(new Candidate(backend, state));
        expecting.add(new Candidate(backend, state, room(random)));
      }

      assertThat(asked(expecting))
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(asked(plain));
    }
  }

  /** All that are asked when each of them turns out to be out of reach. */
  private static List<Backend> asked(List<Candidate> candidates) {
    Budget budget = new Budget(Long.MAX_VALUE / 2, 100, 100, Duration.ZERO, true);
    List<Backend> asked = new ArrayList<>();
    History history = History.EMPTY;
    while (AttemptPolicy.next(history, candidates, budget, 0) instanceof Decision.Send send) {
      asked.add(send.backend());
      history = history.plus(new Attempt(send.backend(), unreachable()));
    }
    return asked;
  }

  private static HealthState state(Random random) {
    Duration left = Duration.ofSeconds(1 + random.nextInt(9));
    return switch (random.nextInt(8)) {
      case 0 -> new HealthState.Resting(left);
      case 1 -> new HealthState.Benched(left);
      case 2 -> new HealthState.Quarantined(left);
      case 3 -> new HealthState.HalfOpen(random.nextBoolean());
      default -> HealthState.SERVING;
    };
  }

  private static Room room(Random random) {
    Duration until = Duration.ofSeconds(random.nextInt(60));
    return switch (random.nextInt(5)) {
      case 0 -> new Room.TooLittle(Room.Of.TOKENS, 10, 1, until);
      case 1 -> new Room.Full(110, until);
      case 2 -> new Room.Spilling(91, 90);
      default -> Room.ENOUGH;
    };
  }

  private AttemptLoop loop(boolean lookAhead, Member... members) {
    Pool pool = Pool.of("pool", List.of(members));
    Limits limits = Limits.DEFAULT;
    long now = clock.nanoTime();
    return new AttemptLoop(
        List.of(pool),
        limits,
        new Loads(),
        upstream,
        new HealthBoard(
            pool.backends(),
            new RestRule(limits.defaultCooldown(), limits.maxCooldown()),
            new SlowStart(limits.slowStart()),
            now),
        new LookAhead(pool.backends(), lookAhead, now),
        Witness.all(List.of(traces, metrics)),
        clock);
  }

  private static Backend limited(Backend backend, long tokensPerMinute) {
    return backend.with(
        new DeploymentLimits.Standard(tokensPerMinute, null, Duration.ofSeconds(10)));
  }

  private static String line(Reply reply) {
    return TraceLine.of(reply.trace().steps());
  }
}
