package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.auth.Client;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.config.Route;
import java.util.Locale;
import java.util.regex.Pattern;

/** Routes that no call comes by, and routes that ask fewer backends than their pool has. */
final class RouteChecks {

  /** Anything else arrives escaped. */
  private static final Pattern AS_SENT =
      Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

  private RouteChecks() {}

  static void add(RouterConfig config, Findings findings) {
    for (int i = 0; i < config.routes().size(); i++) {
      Route route = config.routes().get(i);
      String path = "routes[" + i + "]";
      if (route instanceof Route.ByPath byPath) {
        address(byPath, path, findings);
      }
      callers(route, path, config, findings);
      attempts(route, path, findings);
    }
  }

  private static void address(Route.ByPath route, String path, Findings findings) {
    String address = route.path();
    if (!AS_SENT.matcher(address).matches()) {
      findings.error(
          "route-never-reached",
          path,
          "no call has the path '" + address + "': it holds characters that are sent escaped",
          "write it as it is sent, such as /a%20b");
    } else if (address.contains("..")
        || address.contains("/./")
        || address.toLowerCase(Locale.ROOT).contains("%2e")) {
      findings.error(
          "route-never-reached",
          path,
          "no call reaches '" + address + "': paths with '..' or '/./' are refused",
          "choose another path");
    }
  }

  private static void callers(Route route, String path, RouterConfig config, Findings findings) {
    boolean some =
        config.clients().isEmpty()
            || config.clients().stream().anyMatch(client -> mayUse(client, route));
    if (!some) {
      findings.warning(
          "route-without-callers",
          path,
          "no client may use the route '" + route.name() + "'",
          "add it to the routes of one, or take it out");
    }
  }

  private static void attempts(Route route, String path, Findings findings) {
    int most = route.terms().maxAttempts();
    for (Pool pool : route.pools()) {
      int backends = pool.backends().size();
      if (most < backends) {
        findings.warning(
            "attempts-below-backends",
            path,
            "with max-attempts: %d a request of the route '%s' asks %d of the %d backends of '%s' at most"
                .formatted(most, route.name(), most, backends, pool.name()),
            "raise max-attempts to " + backends);
      }
    }
  }

  private static boolean mayUse(Client client, Route route) {
    return route.pools().stream()
        .anyMatch(pool -> client.caller().mayUse(route.name(), pool.name()));
  }
}
