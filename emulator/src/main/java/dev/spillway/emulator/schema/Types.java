package dev.spillway.emulator.schema;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which types a schema's values have, also where it does not say. */
final class Types {

  private static final Set<String> OF_OBJECTS =
      Set.of(
          "properties",
          "required",
          "additionalProperties",
          "patternProperties",
          "minProperties",
          "maxProperties");
  private static final Set<String> OF_ARRAYS =
      Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains");
  private static final Set<String> OF_NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

  private Types() {}

  /** At least one, as JSON Schema calls them. */
  static List<String> of(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isString()) {
      return List.of(type.stringValue());
    }
    List<String> types =
        type.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    return types.isEmpty() ? List.of(meant(schema)) : types;
  }

  private static String meant(JsonNode schema) {
    for (String keyword : schema.propertyNames()) {
      if (OF_OBJECTS.contains(keyword)) {
        return "object";
      }
      if (OF_ARRAYS.contains(keyword)) {
        return "array";
      }
      if (OF_NUMBERS.contains(keyword)) {
        return "number";
      }
    }
    return "string";
  }
}
