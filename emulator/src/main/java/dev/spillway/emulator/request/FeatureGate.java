package dev.spillway.emulator.request;

import dev.spillway.wire.ApiVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A member of a chat completion that not every api-version takes.
 *
 * @param path of the member, as in {@link Parameters}
 * @param value the only value that is meant, as JSON; null for any
 * @param telling how the gateway refuses it; null where it is refused as a member nobody knows
 */
record FeatureGate(String path, @Nullable String value, Since since, @Nullable String telling) {

  private static final String EVERY_GA = "2022-12-01";

  static final List<FeatureGate> ALL =
      List.of(
          member("data_sources", Since.of("2024-02-01", "2023-06-01")),
          new FeatureGate(
              "response_format.type",
              "\"json_schema\"",
              Since.of("2024-10-21", "2024-08-01"),
              "response_format value as json_schema is enabled only for api versions"
                  + " 2024-08-01-preview and later"),
          member("max_completion_tokens", Since.of(EVERY_GA, "2024-09-01")),
          member("parallel_tool_calls", Since.of(EVERY_GA, "2024-09-01")),
          member("stream_options.include_usage", Since.of(EVERY_GA, "2024-09-01")),
          member("reasoning_effort", Since.of(null, "2024-12-01")),
          member("store", Since.of(null, "2024-12-01")),
          member("metadata", Since.of(null, "2024-12-01")),
          member("user_security_context", Since.of(null, "2024-12-01")),
          new FeatureGate(
              "prediction",
              null,
              Since.of(null, "2025-01-01"),
              "Prediction is enabled only for api versions 2025-01-01-preview and later"),
          member("modalities", Since.of(null, "2025-01-01")),
          member("audio", Since.of(null, "2025-01-01")));

  private static FeatureGate member(String path, Since since) {
    return new FeatureGate(path, null, since, null);
  }

  Optional<FeatureRefusal> refusal(ApiVersion version, Parameters parameters) {
    boolean used =
        parameters.find(path).filter(given -> value == null || value.equals(given)).isPresent();
    return used && !since.includes(version) ? Optional.of(refusal()) : Optional.empty();
  }

  private FeatureRefusal refusal() {
    if (telling != null) {
      return new FeatureRefusal.NotYet(telling);
    }
    int dot = path.indexOf('.');
    return new FeatureRefusal.Unrecognized(dot < 0 ? path : path.substring(0, dot));
  }
}
