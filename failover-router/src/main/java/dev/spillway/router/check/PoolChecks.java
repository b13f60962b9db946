package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pools that cannot fail over, and pools that nothing leads to. */
final class PoolChecks {

  private PoolChecks() {}

  static void add(RouterConfig config, Findings findings) {
    Set<String> led =
        config.routes().stream()
            .flatMap(route -> route.pools().stream())
            .map(Pool::name)
            .collect(Collectors.toSet());
    for (Pool pool : config.pools().values()) {
      failover(pool, findings);
      twice(pool, findings);
      if (!led.contains(pool.name())) {
        findings.warning(
            "pool-in-no-route",
            path(pool),
            "no route leads to the pool '" + pool.name() + "'",
            "give it one, or take it out");
      }
    }
  }

  private static void failover(Pool pool, Findings findings) {
    List<Backend> backends = pool.backends();
    if (backends.size() == 1) {
      findings.warning(
          "pool-cannot-fail-over",
          path(pool),
          cannot(pool) + "'" + backends.getFirst().name() + "' is its only backend",
          "add a second one");
    } else if (backends.stream().map(Backend::quotaGroup).distinct().count() == 1) {
      findings.warning(
          "pool-cannot-fail-over",
          path(pool),
          cannot(pool)
              + "all of its backends are in one quota-group, so when one is throttled all rest",
          "add one with a quota of its own");
    }
  }

  /** Whoever fails over to the same deployment meets the same quota. */
  private static void twice(Pool pool, Findings findings) {
    Map<String, Backend> seen = new HashMap<>();
    for (Backend backend : pool.backends()) {
      Backend same = seen.putIfAbsent(backend.url() + " " + backend.model(), backend);
      if (same != null) {
        findings.warning(
            "deployment-twice",
            path(pool),
            "in the pool '%s' the backends '%s' and '%s' are one deployment: '%s' at %s"
                .formatted(
                    pool.name(), same.name(), backend.name(), backend.model(), backend.url()),
            "name another deployment, or take one of them out");
      }
    }
  }

  private static String cannot(Pool pool) {
    return "the pool '" + pool.name() + "' cannot fail over: ";
  }

  private static String path(Pool pool) {
    return "pools." + pool.name();
  }
}
