package dev.spillway.control;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How the control vocabulary is written as JSON, on both sides. */
public final class ControlJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ControlJson() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }
}
