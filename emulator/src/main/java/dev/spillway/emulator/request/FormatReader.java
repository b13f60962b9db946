package dev.spillway.emulator.request;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Reads which form an answer shall have. */
final class FormatReader {

  private static final int LONGEST_NAME = 64;

  private FormatReader() {}

  static ResponseFormat read(JsonNode format, List<ChatMessage> messages) {
    if (Members.isAbsent(format)) {
      return new ResponseFormat.Text();
    }
    if (!format.isObject()) {
      throw Refusal.type("response_format", "an object", Members.kind(format));
    }
    String type = Members.requiredText(format, "type", "response_format");
    return switch (type) {
      case "text" -> new ResponseFormat.Text();
      case "json_object" -> jsonObject(messages);
      case "json_schema" -> jsonSchema(format.path("json_schema"));
      default ->
          throw Refusal.value(
              "Invalid value: '%s'. Supported values are: 'json_object', 'json_schema', and 'text'."
                  .formatted(Members.cut(type)),
              "response_format.type");
    };
  }

  private static ResponseFormat jsonObject(List<ChatMessage> messages) {
    boolean said =
        messages.stream()
            .anyMatch(message -> message.text().toLowerCase(Locale.ROOT).contains("json"));
    if (!said) {
      throw Refusal.of(
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
              + " 'json_object'.",
          "messages");
    }
    return new ResponseFormat.JsonObject();
  }

  private static ResponseFormat jsonSchema(JsonNode given) {
    String at = "response_format.json_schema";
    if (Members.isAbsent(given)) {
      throw Refusal.missing(at);
    }
    if (!given.isObject()) {
      throw Refusal.type(at, "an object", Members.kind(given));
    }
    String name = Members.requiredText(given, "name", at);
    ToolReader.named(name, at + ".name", LONGEST_NAME);
    JsonNode schema = given.path("schema");
    if (Members.isAbsent(schema)) {
      throw Refusal.missing(at + ".schema");
    }
    if (!schema.isObject()) {
      throw Refusal.type(at + ".schema", "an object", Members.kind(schema));
    }
    return new ResponseFormat.JsonSchema(name, schema, Members.flag(given, "strict", false));
  }
}
