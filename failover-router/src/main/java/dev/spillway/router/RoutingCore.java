package dev.spillway.router;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.RestNews;
import dev.spillway.router.health.RestRule;
import dev.spillway.router.health.SlowStart;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.trace.Witness;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;

/**
 * A router without its HTTP: all that decides, put together once, for the program and for whoever
 * wants to see it decide on other backends and in another time.
 */
public record RoutingCore(AttemptLoop loop, HealthBoard health, LookAhead lookAhead, Loads loads) {

  /**
   * The core of a configuration.
   *
   * @param witness who is told of every request
   */
  public static RoutingCore of(
      RouterConfig config, Upstream upstream, Witness witness, TimeSource time) {
    return of(config, upstream, witness, RestNews.NOBODY, time);
  }

  /** One that tells somebody of the rests it comes to know of. */
  static RoutingCore of(
      RouterConfig config, Upstream upstream, Witness witness, RestNews news, TimeSource time) {
    Limits limits = config.limits();
    HealthBoard health =
        new HealthBoard(
            config.backends().values(), rests(limits), ramp(limits), news, time.nanoTime());
    LookAhead lookAhead =
        new LookAhead(config.backends().values(), limits.lookAhead(), time.nanoTime());
    Loads loads = new Loads();
    AttemptLoop loop =
        new AttemptLoop(
            config.pools().values(), limits, loads, upstream, health, lookAhead, witness, time);
    return new RoutingCore(loop, health, lookAhead, loads);
  }

  /** The core of a changed configuration, which goes on with all that is known of what stays. */
  public RoutingCore followedBy(RouterConfig changed, Upstream upstream, TimeSource time) {
    Limits limits = changed.limits();
    HealthBoard next =
        health.followedBy(
            changed.backends().values(), rests(limits), ramp(limits), time.nanoTime());
    LookAhead nextLook =
        lookAhead.followedBy(changed.backends().values(), limits.lookAhead(), time.nanoTime());
    return new RoutingCore(
        loop.followedBy(changed.pools().values(), limits, upstream, next, nextLook),
        next,
        nextLook,
        loads);
  }

  private static RestRule rests(Limits limits) {
    return new RestRule(limits.defaultCooldown(), limits.maxCooldown());
  }

  private static SlowStart ramp(Limits limits) {
    return new SlowStart(limits.slowStart());
  }
}
