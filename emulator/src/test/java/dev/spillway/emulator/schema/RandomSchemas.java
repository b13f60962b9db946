package dev.spillway.emulator.schema;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas that a seed makes up, each of which something fits: the keywords that tools and
 * structured outputs use, nested, combined and recursive.
 */
final class RandomSchemas {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> FORMATS =
      List.of("date", "date-time", "time", "email", "uuid", "uri", "hostname", "ipv4", "ipv6");
  private static final List<String> PATTERNS =
      List.of(
          "^[A-Z]{2}-\\d{4}$",
          "^(red|green|blue)$",
          "[a-f0-9]{8}",
          "^\\+?\\d{3,5}( \\w+)?$",
          "^[^\\s@]+@[^\\s@]+\\.[a-z]{2,}$",
          "^v(0|[1-9]\\d*)\\.(?:\\d+)$",
          "a.c");
  private static final List<String> NAMES =
      List.of("city", "email", "age", "orderId", "tags", "x", "created_at", "first_name", "query");

  private final SplittableRandom random;

  RandomSchemas(long seed) {
    this.random = new SplittableRandom(seed);
  }

  JsonNode root() {
    ObjectNode root = object(4);
    ObjectNode definitions = root.putObject("$defs");
    definitions.set("Leaf", scalar());
    definitions.set("Tree", tree());
    return root;
  }

  /** Refers to itself, by a list that may be empty and by a branch that may be null. */
  private ObjectNode tree() {
    ObjectNode tree = JSON.objectNode().put("type", "object");
    ObjectNode members = tree.putObject("properties");
    members.set("value", scalar());
    members
        .putObject("children")
        .put("type", "array")
        .putObject("items")
        .put("$ref", "#/$defs/Tree");
    ArrayNode next = members.putObject("next").putArray("anyOf");
    next.addObject().put("$ref", "#/$defs/Tree");
    next.addObject().put("type", "null");
    tree.putArray("required").add("value").add("children").add("next");
    return tree.put("additionalProperties", false);
  }

  private JsonNode any(int room) {
    if (room == 0) {
      return scalar();
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> object(room - 1);
      case 3, 4 -> array(room - 1);
      case 5 ->
          JSON.objectNode().put("$ref", random.nextBoolean() ? "#/$defs/Tree" : "#/$defs/Leaf");
      case 6 -> branches("anyOf", room);
      case 7 -> disjoint();
      case 8 -> parts(room);
      default -> scalar();
    };
  }

  private ObjectNode object(int room) {
    ObjectNode object = JSON.objectNode().put("type", "object");
    ObjectNode members = object.putObject("properties");
    ArrayNode required = object.putArray("required");
    for (String name : NAMES) {
      if (random.nextInt(3) == 0) {
        members.set(name, any(room));
        if (random.nextBoolean()) {
          required.add(name);
        }
      }
    }
    switch (random.nextInt(4)) {
      case 0 -> object.put("additionalProperties", false);
      case 1 -> object.set("additionalProperties", scalar());
      default -> {}
    }
    return object;
  }

  private ObjectNode array(int room) {
    ObjectNode array = JSON.objectNode().put("type", "array");
    if (random.nextInt(4) == 0) {
      array.putArray("prefixItems").add(any(room)).add(scalar());
      array.put("minItems", random.nextInt(4));
    }
    array.set("items", any(room));
    int least = random.nextInt(4);
    if (random.nextBoolean()) {
      array.put("minItems", least);
    }
    if (random.nextBoolean()) {
      array.put("maxItems", least + random.nextInt(4) + 3);
    }
    return array;
  }

  private ObjectNode branches(String keyword, int room) {
    ObjectNode branches = JSON.objectNode();
    ArrayNode all = branches.putArray(keyword);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      all.add(any(room - 1));
    }
    return branches;
  }

  private ObjectNode disjoint() {
    ObjectNode disjoint = JSON.objectNode();
    ArrayNode one = disjoint.putArray("oneOf");
    one.addObject().put("type", "integer").put("minimum", 3);
    one.addObject().put("type", "integer").put("maximum", 20);
    one.addObject().put("type", "string").put("maxLength", 5);
    return disjoint;
  }

  private ObjectNode parts(int room) {
    ObjectNode parts = JSON.objectNode();
    ArrayNode all = parts.putArray("allOf");
    all.add(open(room));
    all.add(open(room));
    return parts;
  }

  /** An object that lets others add members; each part has names of its own. */
  private ObjectNode open(int room) {
    String name = "part" + random.nextInt(1_000_000);
    ObjectNode object = JSON.objectNode().put("type", "object");
    object.putObject("properties").set(name, any(room - 1));
    object.putArray("required").add(name);
    return object;
  }

  private ObjectNode scalar() {
    ObjectNode scalar = JSON.objectNode();
    switch (random.nextInt(9)) {
      case 0 -> scalar.put("type", "string").put("format", one(FORMATS));
      case 1 -> scalar.put("type", "string").put("pattern", one(PATTERNS));
      case 2 -> text(scalar.put("type", "string"));
      case 3 -> bounds(scalar.put("type", "integer"));
      case 4 -> bounds(scalar.put("type", "number"));
      case 5 -> scalar.put("type", "boolean");
      case 6 -> scalar.putArray("enum").add("a").add(7).addNull();
      case 7 -> scalar.putArray("type").add("string").add("null");
      default -> scalar.put("const", random.nextInt(10));
    }
    return scalar;
  }

  private void text(ObjectNode text) {
    int least = random.nextInt(40);
    text.put("minLength", least).put("maxLength", least + random.nextInt(10));
  }

  private void bounds(ObjectNode number) {
    int low = random.nextInt(-50, 50);
    switch (random.nextInt(5)) {
      case 0 -> number.put("minimum", low);
      case 1 -> number.put("minimum", low).put("maximum", low + random.nextInt(20));
      case 2 -> number.put("exclusiveMinimum", low).put("exclusiveMaximum", low + 2);
      case 3 -> number.put("multipleOf", 5).put("minimum", low).put("maximum", low + 10);
      default -> number.put("maximum", low);
    }
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
