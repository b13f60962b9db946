package dev.spillway.router.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A query, taken apart.
 *
 * @param apiVersion null where there is none
 * @param rest everything that is passed on, still escaped; null where nothing is left
 */
record Query(@Nullable String apiVersion, @Nullable String rest) {

  private static final Query NONE = new Query(null, null);

  /**
   * Takes the api-version out, and the caller's key where it came as {@code subscription-key}.
   *
   * @throws IllegalArgumentException when the api-version is wrongly escaped
   */
  static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    String apiVersion = null;
    StringJoiner rest = new StringJoiner("&");
    for (String parameter : raw.split("&", -1)) {
      if (parameter.startsWith("api-version=")) {
        apiVersion = decode(parameter.substring("api-version=".length()));
      } else if (!parameter.isEmpty() && !parameter.startsWith("subscription-key=")) {
        rest.add(parameter);
      }
    }
    return new Query(apiVersion, rest.length() == 0 ? null : rest.toString());
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }
}
