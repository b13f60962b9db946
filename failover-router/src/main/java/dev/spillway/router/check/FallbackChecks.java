package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.config.Route;
import dev.spillway.router.routing.Destination;
import dev.spillway.router.routing.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Detours that lead a request nowhere else. */
final class FallbackChecks {

  private FallbackChecks() {}

  static void add(RouterConfig config, Findings findings) {
    for (int i = 0; i < config.routes().size(); i++) {
      Route route = config.routes().get(i);
      Destination to = route.to();
      String path = "routes[" + i + "].";
      check(path, "on-context-length", to.fallbacks().contextLength(), route, findings);
      check(path, "on-content-filter", to.fallbacks().contentFilter(), route, findings);
    }
  }

  private static void check(
      String path, String key, @Nullable Pool detour, Route route, Findings findings) {
    if (detour != null && first(route.to()).equals(List.of(detour))) {
      findings.warning(
          "fallback-leads-back",
          path + key,
          "%s of the route '%s' leads from the pool '%s' to itself, which is no detour"
              .formatted(key, route.name(), detour.name()),
          "name another pool");
    }
  }

  /** The pools that a request comes to before any detour. */
  private static List<Pool> first(Destination to) {
    return Stream.concat(to.rules().stream().map(Rule::pool), Stream.of(to.otherwise()))
        .distinct()
        .toList();
  }
}
