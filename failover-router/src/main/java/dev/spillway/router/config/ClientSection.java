package dev.spillway.router.config;

import dev.spillway.router.auth.Client;
import dev.spillway.router.auth.Secret;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code clients:}, who may call and with which key. */
public final class ClientSection {

  private ClientSection() {}

  public static List<Client> read(YamlValue section) {
    List<Client> clients = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : section.list()) {
      Client client = client(item.map());
      if (!names.add(client.name())) {
        throw item.problem("names the client '" + client.name() + "' again");
      }
      clients.add(client);
    }
    return List.copyOf(clients);
  }

  private static Client client(YamlMap keys) {
    Client client = new Client(keys.get("name").text(), secret(keys.get("key")));
    keys.end();
    return client;
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
