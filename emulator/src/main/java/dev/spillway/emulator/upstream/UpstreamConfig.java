package dev.spillway.emulator.upstream;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real endpoint.
 *
 * @param endpoint where it is, without {@code /openai}; may have a path of its own
 * @param apiKey its key; null where every caller brings one
 * @param apiVersion what it is asked with instead of the caller's api-version; null for that
 * @param deployments its deployments by the names that callers use; one that is not here is called
 *     the same there
 */
public record UpstreamConfig(
    URI endpoint,
    Kind kind,
    @Nullable String apiKey,
    @Nullable String apiVersion,
    Map<String, String> deployments) {

  /** How it wants to be asked. */
  public enum Kind {
    /** By Azure's paths, with an {@code api-key}. */
    AZURE,
    /** By OpenAI's paths below {@code /v1}, with a bearer token. */
    OPENAI
  }

  public UpstreamConfig {
    deployments = Map.copyOf(deployments);
  }

  /** An Azure resource that is asked with the caller's own key. */
  public static UpstreamConfig azure(URI endpoint) {
    return new UpstreamConfig(endpoint, Kind.AZURE, null, null, Map.of());
  }

  public UpstreamConfig with(Kind other) {
    return new UpstreamConfig(endpoint, other, apiKey, apiVersion, deployments);
  }

  public UpstreamConfig withApiKey(@Nullable String key) {
    return new UpstreamConfig(endpoint, kind, key, apiVersion, deployments);
  }

  String deployment(String name) {
    return deployments.getOrDefault(name, name);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return endpoint + " (" + kind + ")";
  }
}
