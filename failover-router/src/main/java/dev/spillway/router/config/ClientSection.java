package dev.spillway.router.config;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Client;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.auth.Quota;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Pool;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code clients:}, who may call, with which key, and how much of what. */
public final class ClientSection {

  private ClientSection() {}

  /**
   * Reads the section.
   *
   * @param routes what a client may be confined to, with the pools they lead to
   */
  public static List<Client> read(YamlValue section, List<Route> routes) {
    Map<String, String> known = known(routes);
    List<Client> clients = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : section.list()) {
      Client client = client(item.map(), known);
      if (!names.add(client.caller().name())) {
        throw item.problem("names the client '" + client.caller().name() + "' again");
      }
      clients.add(client);
    }
    return List.copyOf(clients);
  }

  /** The names that a caller can have, before anything else is read of them. */
  public static Set<String> names(Optional<YamlValue> section) {
    return section
        .map(clients ->
            clients.list().stream()
                .map(item -> item.map().get("name").text())
                .collect(Collectors.toUnmodifiableSet()))
        .orElse(Set.of(Caller.ANYBODY.name()));
  }

  private static Map<String, String> known(List<Route> routes) {
    return routes.stream()
        .flatMap(
            route -> Stream.concat(Stream.of(route.name()), route.pools().stream().map(Pool::name)))
        .distinct()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));
  }

  private static Client client(YamlMap keys, Map<String, String> known) {
    Caller caller =
        new Caller(
            keys.get("name").text(),
            keys.find("priority").map(value -> value.oneOf(Priority.class)).orElse(Priority.NORMAL),
            keys.find("routes").map(value -> routes(value, known)).orElse(Set.of()),
            new Quota(perMinute(keys, "tokens"), perMinute(keys, "requests")));
    Client client = new Client(caller, secret(keys.get("key")));
    keys.end();
    return client;
  }

  private static Set<String> routes(YamlValue section, Map<String, String> known) {
    Set<String> routes = new LinkedHashSet<>();
    section.list().forEach(item -> routes.add(item.lookUp("route or pool", known)));
    if (routes.isEmpty()) {
      throw section.expected("a list with at least one route or pool");
    }
    return Set.copyOf(routes);
  }

  private static long perMinute(YamlMap keys, String what) {
    return keys.find(what + "-per-minute").map(Amount::read).orElse(Quota.UNLIMITED);
  }

  /** A key; an empty one would let everybody in. */
  public static Secret secret(YamlValue value) {
    String key = value.text();
    if (key.isBlank()) {
      throw value.problem("must not be empty");
    }
    return new Secret(key);
  }
}
