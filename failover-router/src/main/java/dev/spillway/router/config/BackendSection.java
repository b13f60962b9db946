package dev.spillway.router.config;

import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Backend;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code backends:}, from a name to a deployment. */
public final class BackendSection {

  /** What can stand in a header and in a path without being escaped. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private BackendSection() {}

  public static Map<String, Backend> read(YamlValue section) {
    Map<String, Backend> backends = new LinkedHashMap<>();
    section.map().entries().forEach((name, value) -> backends.put(name, backend(name, value)));
    if (backends.isEmpty()) {
      throw section.expected("at least one backend");
    }
    return backends;
  }

  private static Backend backend(String name, YamlValue value) {
    if (!NAME.matcher(name).matches()) {
      throw value.problem("may be named with letters, digits, '.', '_' and '-' only");
    }
    YamlMap keys = value.map();
    Backend backend =
        new Backend(
            name,
            keys.get("url")
                .parse("an http:// or https:// address without a query", BackendSection::url),
            keys.find("deployment").map(YamlValue::text).orElse(name),
            keys.find("api-version").map(YamlValue::text).orElse(null),
            keys.find("api-key").map(YamlValue::text).map(Secret::new).orElse(null),
            keys.find("quota-group").map(YamlValue::text).map(g -> "group " + g).orElse(name));
    keys.end();
    return backend;
  }

  private static URI url(String text) {
    URI uri = URI.create(text.replaceFirst("/+$", ""));
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getRawQuery() != null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }
}
