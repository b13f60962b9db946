package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.RestRule;
import dev.spillway.router.health.SlowStart;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.trace.Witness;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A loop over backends that answer as they are told, and who watches it. */
abstract class LoopFixture {

  static final Duration SIX = Duration.ofSeconds(6);

  final VirtualClock clock = runningFor(Duration.ofHours(1));
  final FakeUpstream upstream = new FakeUpstream(clock);
  final RouterMetrics metrics = new RouterMetrics();
  final TraceRing traces = new TraceRing(10);
  final Loads loads = new Loads();
  AttemptLoop loop = loop(Limits.DEFAULT, MICRO, TURBO);

  private static VirtualClock runningFor(Duration duration) {
    VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
    clock.advance(duration);
    return clock;
  }

  AttemptLoop loop(Limits limits, Backend... byPriority) {
    return loop(limits, pool("pool", byPriority));
  }

  static Pool pool(String name, Backend... byPriority) {
    List<Member> members = new ArrayList<>();
    for (Backend backend : byPriority) {
      members.add(new Member(backend, members.size()));
    }
    return Pool.of(name, members);
  }

  AttemptLoop loop(Limits limits, Pool... pools) {
    Set<Backend> backends = new LinkedHashSet<>();
    for (Pool pool : pools) {
      backends.addAll(pool.backends());
    }
    return new AttemptLoop(
        List.of(pools),
        limits,
        loads,
        upstream,
        health(limits, backends),
        new LookAhead(backends, limits.lookAhead(), clock.nanoTime()),
        Witness.all(List.of(traces, metrics)),
        clock);
  }

  HealthBoard health(Limits limits, Set<Backend> backends) {
    return new HealthBoard(
        backends,
        new RestRule(limits.defaultCooldown(), limits.maxCooldown()),
        new SlowStart(limits.slowStart()),
        clock.nanoTime());
  }

  static String line(Reply reply) {
    return TraceLine.of(reply.trace().steps());
  }

  static Duration wait(Reply reply) {
    return ((Ending.Throttled) reply.ending()).retryAfter();
  }
}
