package dev.spillway.emulator.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** What the keywords of a schema say together. */
final class Keywords {

  private Keywords() {}

  /** The schemas of an array's first items; also as older drafts write them. */
  static JsonNode prefixItems(JsonNode schema) {
    JsonNode prefix = schema.path("prefixItems");
    if (prefix.isArray()) {
      return prefix;
    }
    JsonNode items = schema.path("items");
    return items.isArray() ? items : JsonNodeFactory.instance.arrayNode();
  }

  /** The schema of an array's other items; missing for anything. */
  static JsonNode items(JsonNode schema) {
    JsonNode items = schema.path("items");
    return items.isArray() ? schema.path("additionalItems") : items;
  }

  /** The schemas that an object's member of that name must fit; none for anything. */
  static List<JsonNode> schemasOf(String name, JsonNode schema) {
    List<JsonNode> schemas = new ArrayList<>();
    JsonNode own = schema.path("properties").path(name);
    if (!own.isMissingNode()) {
      schemas.add(own);
    }
    for (Map.Entry<String, JsonNode> pattern : schema.path("patternProperties").properties()) {
      if (Patterns.find(pattern.getKey(), name)) {
        schemas.add(pattern.getValue());
      }
    }
    if (schemas.isEmpty() && schema.has("additionalProperties")) {
      schemas.add(schema.path("additionalProperties"));
    }
    return schemas;
  }

  /** The names in {@code required}. */
  static List<String> required(JsonNode schema) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : schema.path("required")) {
      if (name.isString() && !names.contains(name.stringValue())) {
        names.add(name.stringValue());
      }
    }
    return names;
  }

  /** A number's value cut to an int that makes sense as a size; {@code otherwise} for none. */
  static int size(JsonNode schema, String keyword, int otherwise) {
    JsonNode size = schema.path(keyword);
    if (!size.isNumber()) {
      return otherwise;
    }
    return (int) Math.clamp(size.decimalValue().doubleValue(), 0, Integer.MAX_VALUE);
  }

  static JsonNode missing() {
    return MissingNode.getInstance();
  }
}
