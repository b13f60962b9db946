package dev.spillway.router.config;

import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.AzurePath;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.plan.ConnectionHeaders;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code backends:}, from a name to a model at a place. */
public final class BackendSection {

  private enum Kind {
    AZURE,
    OPENAI
  }

  private enum Route {
    DATED,
    V1
  }

  /** What can stand in a header and in a path without being escaped. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  private BackendSection() {}

  public static Map<String, Backend> read(YamlValue section) {
    Map<String, Backend> backends = new LinkedHashMap<>();
    section.map().entries().forEach((name, value) -> backends.put(name, backend(name, value)));
    if (backends.isEmpty()) {
      throw section.expected("at least one backend");
    }
    return withLimitsOfGroups(section, backends);
  }

  /** What is said of one backend holds for all that share its quota. */
  private static Map<String, Backend> withLimitsOfGroups(
      YamlValue section, Map<String, Backend> backends) {
    Map<String, DeploymentLimits> known = new HashMap<>();
    section
        .map()
        .entries()
        .forEach((name, value) -> {
          Backend backend = Objects.requireNonNull(backends.get(name));
          DeploymentLimits limits = backend.limits();
          if (limits.equals(DeploymentLimits.UNKNOWN)) {
            return;
          }
          DeploymentLimits others = known.putIfAbsent(backend.quotaGroup(), limits);
          if (others != null && !others.equals(limits)) {
            throw value.problem("has other 'limits' than another backend of its quota-group");
          }
        });
    Map<String, Backend> resolved = new LinkedHashMap<>();
    backends.forEach((name, backend) ->
        resolved.put(
            name, backend.with(known.getOrDefault(backend.quotaGroup(), backend.limits()))));
    return resolved;
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
            api(name, keys),
            CredentialSection.read(keys),
            keys.find("headers").map(BackendSection::headers).orElse(Map.of()),
            keys.find("quota-group").map(YamlValue::text).map(g -> "group " + g).orElse(name),
            keys.find("limits").map(LimitKeys::read).orElse(DeploymentLimits.UNKNOWN),
            keys.find("context-window").map(Amount::read).orElse(null));
    LinkKeys.leave(keys);
    keys.end();
    return backend;
  }

  private static Api api(String name, YamlMap keys) {
    return switch (keys.find("kind").map(kind -> kind.oneOf(Kind.class)).orElse(Kind.AZURE)) {
      case AZURE -> {
        refuse(keys, "model", "is a key of kind 'openai'; an azure backend has a 'deployment'");
        yield azure(keys.find("deployment").map(YamlValue::text).orElse(name), keys);
      }
      case OPENAI -> {
        refuse(keys, "deployment", "is a key of kind 'azure'; an openai backend has a 'model'");
        refuse(keys, "api-version", "is a key of kind 'azure'; an openai backend has none");
        refuse(keys, "route", "is a key of kind 'azure'; an openai backend has only one");
        yield new Api.OpenAi(keys.find("model").map(YamlValue::text).orElse(name));
      }
    };
  }

  private static Api azure(String deployment, YamlMap keys) {
    Optional<YamlValue> version = keys.find("api-version");
    Optional<YamlValue> route = keys.find("route");
    AzurePath path = route.map(BackendSection::path).orElse(AzurePath.CALLERS);
    if (path == AzurePath.V1 && version.isPresent()) {
      throw version.get().problem("is not sent on route v1");
    }
    if (path == AzurePath.DATED && version.isEmpty()) {
      throw route.orElseThrow().problem("needs an api-version: callers on v1 have none");
    }
    return new Api.Azure(deployment, path, version.map(YamlValue::text).orElse(null));
  }

  private static AzurePath path(YamlValue value) {
    return switch (value.oneOf(Route.class)) {
      case DATED -> AzurePath.DATED;
      case V1 -> AzurePath.V1;
    };
  }

  private static void refuse(YamlMap keys, String key, String why) {
    keys.find(key)
        .ifPresent(value -> {
          throw value.problem(why);
        });
  }

  private static Map<String, Secret> headers(YamlValue section) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    section.map().entries().forEach((name, value) -> headers.put(name, header(name, value)));
    return headers;
  }

  private static Secret header(String name, YamlValue value) {
    if (!HEADER_NAME.matcher(name).matches()
        || ConnectionHeaders.contains(name)
        || name.equalsIgnoreCase("host")) {
      throw value.problem("is no header that can be set");
    }
    if (!HEADER_VALUE.matcher(value.text()).matches()) {
      throw value.expected("a text of printable ASCII characters");
    }
    return new Secret(value.text());
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
