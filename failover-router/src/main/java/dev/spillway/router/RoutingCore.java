package dev.spillway.router;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.RestRule;
import dev.spillway.router.health.SlowStart;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;

/**
 * A router without its HTTP: all that decides, put together once, for the program and for whoever
 * wants to see it decide on other backends and in another time.
 */
public record RoutingCore(
    AttemptLoop loop, HealthBoard health, Loads loads, TraceRing traces, RouterMetrics metrics) {

  public static RoutingCore of(
      RouterConfig config, Upstream upstream, RouterMetrics metrics, TimeSource time) {
    Limits limits = config.limits();
    RestRule rests = new RestRule(limits.defaultCooldown(), limits.maxCooldown());
    HealthBoard health =
        new HealthBoard(
            config.backends().values(), rests, new SlowStart(limits.slowStart()), time.nanoTime());
    TraceRing traces = new TraceRing(limits.traces());
    Loads loads = new Loads();
    AttemptLoop loop =
        new AttemptLoop(
            config.pools().values(), limits, loads, upstream, health, traces, metrics, time);
    return new RoutingCore(loop, health, loads, traces, metrics);
  }
}
