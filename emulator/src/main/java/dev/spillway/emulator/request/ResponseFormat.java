package dev.spillway.emulator.request;

import tools.jackson.databind.JsonNode;

/** The form that a model's text has to have. */
public sealed interface ResponseFormat {

  record Text() implements ResponseFormat {}

  /** Any JSON object. */
  record JsonObject() implements ResponseFormat {}

  /**
   * JSON that follows a schema.
   *
   * @param strict whether the service makes sure of it
   */
  record JsonSchema(String name, JsonNode schema, boolean strict) implements ResponseFormat {}
}
