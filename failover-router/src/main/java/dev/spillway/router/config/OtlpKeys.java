package dev.spillway.router.config;

import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code otlp:}, where spans are sent. The {@code OTEL_*} variables say the same and more; what
 * stands in the file goes before them.
 *
 * @param on whether they are sent at all: with the section, or with an endpoint in the environment
 * @param properties for OpenTelemetry's SDK
 */
public record OtlpKeys(boolean on, Map<String, String> properties) {

  public static final OtlpKeys OFF = new OtlpKeys(false, Map.of());

  private static final List<String> ENDPOINTS =
      List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");

  /** The section among the keys of the file's root, or what the environment says. */
  public static OtlpKeys read(YamlMap root, Function<String, @Nullable String> env) {
    return root.find("otlp")
        .map(section -> section(section.map()))
        .orElseGet(() -> new OtlpKeys(isWanted(env), Map.of()));
  }

  private static boolean isWanted(Function<String, @Nullable String> env) {
    boolean disabled = "true".equalsIgnoreCase(env.apply("OTEL_SDK_DISABLED"));
    return !disabled
        && ENDPOINTS.stream()
            .anyMatch(name -> {
              String value = env.apply(name);
              return value != null && !value.isBlank();
            });
  }

  private static OtlpKeys section(YamlMap keys) {
    Map<String, String> properties = new HashMap<>();
    properties.put(
        "otel.exporter.otlp.endpoint",
        keys.get("endpoint").parse("an http:// or https:// address", OtlpKeys::web).toString());
    List<String> headers = new ArrayList<>();
    keys.find("headers")
        .map(YamlValue::map)
        .ifPresent(map ->
            map.entries()
                .forEach((name, value) -> headers.add(name + "=" + escaped(value.text()))));
    if (!headers.isEmpty()) {
      properties.put("otel.exporter.otlp.headers", String.join(",", headers));
    }
    keys.find("service-name").ifPresent(value -> properties.put("otel.service.name", value.text()));
    keys.end();
    return new OtlpKeys(true, Map.copyOf(properties));
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static URI web(String text) {
    URI uri = URI.create(text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }

  /** Holds what may be a secret. */
  @Override
  public String toString() {
    return "OtlpKeys[on=" + on + "]";
  }
}
