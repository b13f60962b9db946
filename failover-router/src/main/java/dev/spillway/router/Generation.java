package dev.spillway.router;

import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.Serving;
import dev.spillway.router.health.RestNews;
import dev.spillway.router.identity.KeptTokens;
import dev.spillway.router.stored.StoredObjects;
import dev.spillway.router.trace.Witness;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.time.Instant;

/**
 * One configuration and everything that is made of it: what a reload replaces, as a whole. What
 * must outlive it is handed on to the next by a {@code followedBy}.
 *
 * @param number counted from 1
 * @param since when it began to serve
 */
record Generation(
    int number,
    Instant since,
    RouterConfig config,
    KeptTokens tokens,
    Shared<Upstream> upstream,
    RoutingCore core,
    StoredObjects stored,
    Serving serving,
    Network network) {

  /** The first, which asks nobody for anything yet. */
  static Generation first(
      RouterConfig config, Network network, Witness witness, RestNews news, TimeSource time) {
    KeptTokens tokens = new KeptTokens(time);
    Shared<Upstream> upstream = new Shared<>(network.upstream(config, tokens, time));
    RoutingCore core = RoutingCore.of(config, upstream.value(), witness, news, time);
    return of(1, config, tokens, upstream, core, new StoredObjects(), network, time);
  }

  /** The next, which knows all that this one has learned of what stays. */
  Generation followedBy(RouterConfig changed, TimeSource time) {
    tokens.follow(changed.backends().values(), changed.outbound());
    Shared<Upstream> next =
        connectsAlike(changed, config)
            ? upstream
            : new Shared<>(network.upstream(changed, tokens, time));
    RoutingCore following = core.followedBy(changed, next.value(), time);
    return of(number + 1, changed, tokens, next, following, stored, network, time);
  }

  private static Generation of(
      int number,
      RouterConfig config,
      KeptTokens tokens,
      Shared<Upstream> upstream,
      RoutingCore core,
      StoredObjects stored,
      Network network,
      TimeSource time) {
    Serving serving =
        new Serving(
            new CallerKeys(config.clients()),
            new RouteTable(config.routes()),
            config.limits().bodies(),
            stored,
            core.loop(),
            config.backends(),
            config.pools(),
            core.health(),
            core.lookAhead(),
            config.adminKey(),
            upstream.held()::release);
    return new Generation(
        number, time.instant(), config, tokens, upstream, core, stored, serving, network);
  }

  /** Whether connections to backends made for the one will do for the other. */
  private static boolean connectsAlike(RouterConfig one, RouterConfig other) {
    return one.outbound().equals(other.outbound())
        && one.limits().connectTimeout().equals(other.limits().connectTimeout())
        && one.limits().maxBufferedResponse() == other.limits().maxBufferedResponse();
  }
}
