package dev.spillway.emulator.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one schema of keywords out of one that refers to, combines and chooses between others.
 *
 * <p>{@code $ref} and {@code allOf} are put together, of {@code anyOf} and {@code oneOf} one branch
 * is chosen. What fits the result fits the schema, as a rule: {@code not} and what else a branch
 * excludes are left to the check afterwards.
 */
final class Flattening {

  /** A schema that refers to itself without end is left as it is after so many steps. */
  private static final int MOST_STEPS = 300;

  private final SchemaRoot root;
  private final ToIntFunction<JsonNode> height;
  private final RandomGenerator random;
  private final int room;
  private final ObjectNode flat = JsonNodeFactory.instance.objectNode();
  private boolean impossible;
  private int steps;

  private Flattening(
      SchemaRoot root, ToIntFunction<JsonNode> height, RandomGenerator random, int room) {
    this.root = root;
    this.height = height;
    this.random = random;
    this.room = room;
  }

  /**
   * A schema without {@code $ref}, {@code allOf}, {@code anyOf}, {@code oneOf} and {@code if}.
   *
   * @param room branches that need more levels than this are chosen only where all do
   */
  static Flat of(
      JsonNode schema,
      SchemaRoot root,
      ToIntFunction<JsonNode> height,
      RandomGenerator random,
      int room) {
    Flattening flattening = new Flattening(root, height, random, room);
    flattening.add(schema);
    return new Flat(flattening.flat, flattening.impossible);
  }

  /** The result; nothing fits an impossible one. */
  record Flat(ObjectNode schema, boolean impossible) {}

  private void add(JsonNode schema) {
    if (schema.isBoolean()) {
      impossible |= !schema.booleanValue();
    }
    if (!schema.isObject() || ++steps > MOST_STEPS) {
      return;
    }
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      add(keyword.getKey(), keyword.getValue(), schema);
    }
  }

  private void add(String keyword, JsonNode value, JsonNode schema) {
    switch (keyword) {
      case "$ref" -> add(root.target(value));
      case "allOf" -> value.forEach(this::add);
      case "anyOf", "oneOf" -> chosen(value);
      case "if" -> condition(schema);
      case "then", "else", "not", "$defs", "definitions", "title", "description" -> {}
      default -> combine(keyword, value);
    }
  }

  private void condition(JsonNode schema) {
    if (schema.has("then") && (!schema.has("else") || random.nextBoolean())) {
      add(schema.path("if"));
      add(schema.path("then"));
    } else if (schema.has("else")) {
      add(schema.path("else"));
    }
  }

  /** Null comes now and then only, since a value tells more. */
  private void chosen(JsonNode branches) {
    if (!branches.isArray() || branches.isEmpty()) {
      return;
    }
    List<JsonNode> low = new ArrayList<>();
    JsonNode lowest = branches.path(0);
    for (JsonNode branch : branches) {
      if (height.applyAsInt(branch) <= room) {
        low.add(branch);
      }
      lowest = height.applyAsInt(branch) < height.applyAsInt(lowest) ? branch : lowest;
    }
    add(low.isEmpty() ? lowest : Choices.preferring(low, branch -> !isNull(branch), random));
  }

  private static boolean isNull(JsonNode branch) {
    return branch.path("type").isString() && branch.path("type").stringValue().equals("null");
  }

  private void combine(String keyword, JsonNode value) {
    JsonNode before = flat.get(keyword);
    flat.set(keyword, before == null ? value : together(keyword, before, value));
  }

  private JsonNode together(String keyword, JsonNode one, JsonNode other) {
    return switch (keyword) {
      case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
          compare(one, other) >= 0 ? one : other;
      case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
          compare(one, other) <= 0 ? one : other;
      case "multipleOf" -> multiple(one, other);
      case "required" -> union(one, other);
      case "enum" -> intersection(one, other);
      case "type" -> types(one, other);
      case "properties", "patternProperties" -> members(one, other);
      case "items", "additionalProperties", "contains", "propertyNames" -> both(one, other);
      default -> one;
    };
  }

  private static int compare(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : 0;
  }

  private static JsonNode multiple(JsonNode one, JsonNode other) {
    if (!one.isNumber() || !other.isNumber() || other.decimalValue().signum() <= 0) {
      return one;
    }
    BigDecimal rest = one.decimalValue().remainder(other.decimalValue());
    return rest.signum() == 0
        ? one
        : JsonNodeFactory.instance.numberNode(one.decimalValue().multiply(other.decimalValue()));
  }

  private static JsonNode union(JsonNode one, JsonNode other) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    one.forEach(all::add);
    other.forEach(all::add);
    return all;
  }

  private JsonNode intersection(JsonNode one, JsonNode other) {
    ArrayNode shared = JsonNodeFactory.instance.arrayNode();
    for (JsonNode value : one) {
      if (other.valueStream().anyMatch(same -> Conformance.same(value, same))) {
        shared.add(value);
      }
    }
    impossible |= shared.isEmpty();
    return shared;
  }

  /** Every integer is a number. */
  private JsonNode types(JsonNode one, JsonNode other) {
    List<String> left = names(one);
    List<String> right = names(other);
    ArrayNode shared = JsonNodeFactory.instance.arrayNode();
    for (String type : left) {
      if (right.contains(type) || (type.equals("integer") && right.contains("number"))) {
        shared.add(type);
      } else if (type.equals("number") && right.contains("integer")) {
        shared.add("integer");
      }
    }
    impossible |= shared.isEmpty();
    return shared;
  }

  private static List<String> names(JsonNode type) {
    return type.isString()
        ? List.of(type.stringValue())
        : type.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }

  private static JsonNode members(JsonNode one, JsonNode other) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    one.properties().forEach(member -> all.set(member.getKey(), member.getValue()));
    for (Map.Entry<String, JsonNode> member : other.properties()) {
      JsonNode before = all.get(member.getKey());
      all.set(
          member.getKey(), before == null ? member.getValue() : both(before, member.getValue()));
    }
    return all;
  }

  private static JsonNode both(JsonNode one, JsonNode other) {
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    both.putArray("allOf").add(one).add(other);
    return both;
  }
}
