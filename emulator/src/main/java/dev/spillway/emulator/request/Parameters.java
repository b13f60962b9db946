package dev.spillway.emulator.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Members of a body that only some models or api-versions take, as far as they are given.
 *
 * @param given their values as JSON, by their paths ({@code response_format.type}), in the order of
 *     {@link #KNOWN}; a long value is cut, and a member that is null is not given
 */
public record Parameters(Map<String, String> given) {

  public static final Parameters NONE = new Parameters(Map.of());

  static final List<String> KNOWN =
      List.of(
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "presence_penalty",
          "frequency_penalty",
          "parallel_tool_calls",
          "stop",
          "data_sources",
          "response_format.type",
          "stream_options.include_usage",
          "reasoning_effort",
          "reasoning.effort",
          "reasoning.summary",
          "truncation",
          "store",
          "metadata",
          "user_security_context",
          "prediction",
          "modalities",
          "audio");

  public Parameters {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  static Parameters of(JsonNode body) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String path : KNOWN) {
      JsonNode value = body.at("/" + path.replace('.', '/'));
      if (!value.isMissingNode() && !value.isNull()) {
        given.put(path, Members.shown(value));
      }
    }
    return new Parameters(given);
  }

  public boolean has(String path) {
    return given.containsKey(path);
  }

  /** The value as JSON. */
  public Optional<String> find(String path) {
    return Optional.ofNullable(given.get(path));
  }
}
