package dev.spillway.scenarios.format;

import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** Reads {@code client}: how the callers of a setup call. */
final class ClientKeys {

  /** The newest dated version that everybody knows. */
  static final String API_VERSION = "2024-10-21";

  private ClientKeys() {}

  /**
   * Reads the section.
   *
   * @param deployment what is called where nobody says what
   */
  static Client read(Optional<YamlValue> section, String deployment) {
    if (section.isEmpty()) {
      return new Client(deployment, API_VERSION, null, null, List.of());
    }
    YamlMap keys = section.get().map();
    Client client =
        new Client(
            keys.find("deployment").map(YamlValue::text).orElse(deployment),
            keys.find("api-version").map(YamlValue::text).orElse(API_VERSION),
            keys.find("path").map(YamlValue::text).orElse(null),
            keys.find("key").map(YamlValue::text).orElse(null),
            keys.find("headers").map(HeaderLines::read).orElse(List.of()));
    keys.end();
    return client;
  }
}
