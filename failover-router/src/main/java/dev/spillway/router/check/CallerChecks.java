package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.auth.Client;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import java.util.HashMap;
import java.util.Map;

/** Keys that do not keep apart whom they should. */
final class CallerChecks {

  private CallerChecks() {}

  static void add(RouterConfig config, Findings findings) {
    Map<Secret, String> owners = new HashMap<>();
    for (int i = 0; i < config.clients().size(); i++) {
      Client client = config.clients().get(i);
      String name = client.caller().name();
      String path = "clients[" + i + "]";
      String other = owners.putIfAbsent(client.key(), name);
      if (other != null) {
        findings.error(
            "key-shared",
            path,
            "the clients '"
                + other
                + "' and '"
                + name
                + "' have one key, and are both '"
                + name
                + "'",
            "give each a key of its own");
      }
      if (client.key().equals(config.adminKey())) {
        findings.warning(
            "key-shared",
            path,
            "the key of '" + name + "' is the admin-key as well, and opens /router/*",
            "choose another admin-key");
      }
      backends(client, path, config, findings);
    }
  }

  private static void backends(Client client, String path, RouterConfig config, Findings findings) {
    for (Backend backend : config.backends().values()) {
      if (backend.credential() instanceof Credential.ApiKey it && client.key().equals(it.key())) {
        findings.warning(
            "key-of-a-backend",
            path,
            "the key of '%s' is that of the backend '%s', which it can call past the router"
                .formatted(client.caller().name(), backend.name()),
            "choose another key for it");
      }
    }
  }
}
