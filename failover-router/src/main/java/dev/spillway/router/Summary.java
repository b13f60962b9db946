package dev.spillway.router;

import dev.spillway.router.auth.Client;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.config.Route;
import dev.spillway.router.routing.Rule;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** A started router in a few lines for a terminal, without keys. */
final class Summary {

  private Summary() {}

  static String of(RouterConfig config, URI uri) {
    StringBuilder text = new StringBuilder();
    text.append("Router on ").append(uri).append('\n');
    text.append("  callers  ").append(callers(config.clients())).append('\n');
    for (Route route : config.routes()) {
      append(text, route);
    }
    for (Pool pool : config.pools().values()) {
      append(text, pool);
    }
    return text.append("  traces   ").append(uri).append("/router/traces\n").toString();
  }

  private static String callers(List<Client> clients) {
    return clients.isEmpty()
        ? "anybody on this machine, without a key (no clients are configured)"
        : clients.stream()
            .map(client -> client.caller().name())
            .collect(Collectors.joining(", ", "", ", each with a key of its own"));
  }

  private static void append(StringBuilder text, Route route) {
    text.append("  route    ").append(route).append(" -> ");
    for (Rule rule : route.to().rules()) {
      text.append(rule.pool().name()).append(" by ").append(rule).append(", ");
    }
    text.append(route.to().rules().isEmpty() ? "" : "else ");
    text.append(route.to().otherwise().name()).append('\n');
  }

  private static void append(StringBuilder text, Pool pool) {
    for (int tier = 0; tier < pool.tiers().size(); tier++) {
      for (Backend backend : pool.tiers().get(tier).stream().map(Pool.Member::backend).toList()) {
        text.append("  pool     ").append(pool.name()).append(" #").append(tier + 1);
        text.append(": ").append(backend.name()).append(" at ").append(backend.url()).append('\n');
      }
    }
  }
}
