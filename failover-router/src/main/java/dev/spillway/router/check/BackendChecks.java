package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import java.util.Set;
import java.util.stream.Collectors;

/** Backends that nobody asks. */
final class BackendChecks {

  private BackendChecks() {}

  static void add(RouterConfig config, Findings findings) {
    Set<String> used =
        config.pools().values().stream()
            .flatMap(pool -> pool.backends().stream())
            .map(backend -> backend.name())
            .collect(Collectors.toSet());
    for (String name : config.backends().keySet()) {
      if (!used.contains(name)) {
        findings.warning(
            "backend-in-no-pool",
            "backends." + name,
            "the backend '" + name + "' is in no pool and is never asked",
            "put it into one, or take it out");
      }
    }
  }
}
