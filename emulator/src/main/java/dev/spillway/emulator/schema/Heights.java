package dev.spillway.emulator.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How deep the flattest value is that fits each schema inside a schema: 1 for a scalar, one more
 * for every object or array around it.
 *
 * <p>{@code height = max(allOf, $ref, min(anyOf), min(oneOf), min(own types))}, where an object is
 * one more than its highest required member. Recursive schemas are solved by going over all of them
 * until nothing changes.
 */
final class Heights {

  /** Of a schema that no finite value fits. */
  static final int ENDLESS = 1_000_000;

  /** Each round settles at least one more level. */
  private static final int MOST_ROUNDS = 100;

  private final SchemaRoot root;
  private final IdentityHashMap<JsonNode, Integer> known = new IdentityHashMap<>();

  Heights(SchemaRoot root) {
    this.root = root;
    List<JsonNode> all = new ArrayList<>();
    collect(root.schema(), all);
    all.forEach(schema -> known.put(schema, ENDLESS));
    boolean changed = true;
    for (int round = 0; changed && round < MOST_ROUNDS; round++) {
      changed = improve(all);
    }
  }

  private boolean improve(List<JsonNode> all) {
    boolean changed = false;
    for (JsonNode schema : all.reversed()) {
      int height = compute(schema);
      Integer before = known.put(schema, height);
      changed |= before == null || before != height;
    }
    return changed;
  }

  private static void collect(JsonNode node, List<JsonNode> all) {
    if (node.isObject()) {
      all.add(node);
    }
    node.forEach(child -> collect(child, all));
  }

  int of(JsonNode schema) {
    Integer height = known.get(schema);
    return height == null ? compute(schema) : height;
  }

  private int compute(JsonNode schema) {
    if (!schema.isObject()) {
      return schema.isBoolean() && !schema.booleanValue() ? ENDLESS : 1;
    }
    int height = schema.has("$ref") ? of(root.target(schema.path("$ref"))) : 1;
    for (JsonNode part : schema.path("allOf")) {
      height = Math.max(height, of(part));
    }
    height = Math.max(height, lowest(schema.path("anyOf")));
    height = Math.max(height, lowest(schema.path("oneOf")));
    return Math.max(height, own(schema));
  }

  private int lowest(JsonNode branches) {
    return branches.isArray() && !branches.isEmpty()
        ? branches.valueStream().map(this::of).min(Comparator.naturalOrder()).orElse(1)
        : 1;
  }

  private int own(JsonNode schema) {
    if (schema.has("const") || schema.has("enum")) {
      return 1;
    }
    return Types.of(schema).stream()
        .map(type -> ofType(type, schema))
        .min(Comparator.naturalOrder())
        .orElse(1);
  }

  /** Of the flattest value of one type. */
  int ofType(String type, JsonNode schema) {
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      default -> 1;
    };
  }

  private int object(JsonNode schema) {
    int highest = 1;
    for (String name : Keywords.required(schema)) {
      for (JsonNode member : Keywords.schemasOf(name, schema)) {
        highest = Math.max(highest, of(member) + 1);
      }
    }
    return Math.min(highest, ENDLESS);
  }

  private int array(JsonNode schema) {
    int least = Keywords.size(schema, "minItems", 0);
    JsonNode first = Keywords.prefixItems(schema);
    JsonNode items = Keywords.items(schema);
    int highest = 1;
    for (int i = 0; i < Math.min(least, first.size() + 1); i++) {
      JsonNode item = i < first.size() ? first.path(i) : items;
      highest = Math.max(highest, item.isMissingNode() ? 2 : of(item) + 1);
    }
    return Math.min(highest, ENDLESS);
  }
}
