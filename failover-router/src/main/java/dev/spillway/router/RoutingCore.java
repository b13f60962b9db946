package dev.spillway.router;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.RestRule;
import dev.spillway.router.health.SlowStart;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.trace.Witness;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.util.List;

/**
 * A router without its HTTP: all that decides, put together once, for the program and for whoever
 * wants to see it decide on other backends and in another time.
 */
public record RoutingCore(
    AttemptLoop loop, HealthBoard health, Loads loads, TraceRing traces, RouterMetrics metrics) {

  public static RoutingCore of(
      RouterConfig config, Upstream upstream, RouterMetrics metrics, TimeSource time) {
    Limits limits = config.limits();
    HealthBoard health =
        new HealthBoard(config.backends().values(), rests(limits), ramp(limits), time.nanoTime());
    TraceRing traces = new TraceRing(limits.traces());
    Loads loads = new Loads();
    AttemptLoop loop =
        new AttemptLoop(
            config.pools().values(),
            limits,
            loads,
            upstream,
            health,
            Witness.all(List.of(traces, metrics)),
            time);
    return new RoutingCore(loop, health, loads, traces, metrics);
  }

  /** The core of a changed configuration, which goes on with all that is known of what stays. */
  RoutingCore followedBy(RouterConfig changed, Upstream upstream, TimeSource time) {
    Limits limits = changed.limits();
    HealthBoard next =
        health.followedBy(
            changed.backends().values(), rests(limits), ramp(limits), time.nanoTime());
    traces.resize(limits.traces());
    return new RoutingCore(
        loop.followedBy(changed.pools().values(), limits, upstream, next),
        next,
        loads,
        traces,
        metrics);
  }

  private static RestRule rests(Limits limits) {
    return new RestRule(limits.defaultCooldown(), limits.maxCooldown());
  }

  private static SlowStart ramp(Limits limits) {
    return new SlowStart(limits.slowStart());
  }
}
