package dev.spillway.emulator.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finds why the service does not take a schema, in its own words. */
public final class SchemaCheck {

  /** Ends the search with the first problem; never leaves this class. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    Found(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }
  }

  private final SchemaRoot root;
  private final boolean strict;
  private final StrictRules rules;
  private int properties;
  private int deepest;

  private SchemaCheck(JsonNode schema, boolean strict, StrictRules rules) {
    this.root = new SchemaRoot(schema);
    this.strict = strict;
    this.rules = rules;
  }

  /** The problem with the parameters of a function, if there is one. */
  public static Optional<String> ofFunction(
      JsonNode parameters, boolean strict, StrictRules rules) {
    return problem(parameters, strict, rules);
  }

  /** The problem with the schema of an answer, if there is one. */
  public static Optional<String> ofAnswer(JsonNode schema, boolean strict, StrictRules rules) {
    return strict ? problem(schema, true, rules) : Optional.empty();
  }

  private static Optional<String> problem(JsonNode schema, boolean strict, StrictRules rules) {
    try {
      new SchemaCheck(schema, strict, rules).whole();
      return Optional.empty();
    } catch (Found found) {
      return Optional.of(found.problem);
    }
  }

  private void whole() {
    JsonNode schema = root.schema();
    if (!schema.isObject()) {
      throw new Found(schema + " is not of type 'object', 'boolean'.");
    }
    if (!"object".equals(type(schema))) {
      throw new Found(
          "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%s\"'."
              .formatted(type(schema)));
    }
    if (!schema.has("properties") && !strict) {
      throw at(List.of(), "object schema missing properties");
    }
    check(schema, List.of(), 0, List.of());
    definitions("$defs");
    definitions("definitions");
    if (strict && deepest > rules.levels()) {
      throw new Found(
          "%d levels of nesting exceeds limit of %d.".formatted(deepest, rules.levels()));
    }
    if (strict && properties > rules.properties()) {
      throw new Found(
          "%d parameters exceeds limit of %d.".formatted(properties, rules.properties()));
    }
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isString() ? type.stringValue() : "None";
  }

  private void definitions(String member) {
    for (Map.Entry<String, JsonNode> definition : root.schema().path(member).properties()) {
      check(definition.getValue(), List.of(member, definition.getKey()), 0, List.of());
    }
  }

  /**
   * @param refs the definitions that led here, which are not gone into again
   */
  private void check(JsonNode schema, List<String> path, int level, List<String> refs) {
    if (schema.isBoolean()) {
      return;
    }
    if (!schema.isObject()) {
      throw new Found(schema + " is not of type 'object', 'boolean'.");
    }
    keywords(schema, path);
    deepest = Math.max(deepest, level);
    refers(schema, path, level, refs);
    branches(schema, "anyOf", path, level, refs);
    if (!strict) {
      branches(schema, "oneOf", path, level, refs);
      branches(schema, "allOf", path, level, refs);
    }
    if (hasType(schema, "array")) {
      array(schema, path, level, refs);
    }
    if (hasType(schema, "object")) {
      object(schema, path);
    }
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      properties += refs.isEmpty() ? 1 : 0;
      List<String> inside = plus(path, "properties", member.getKey());
      check(member.getValue(), inside, below(level, member.getValue()), refs);
    }
  }

  private void keywords(JsonNode schema, List<String> path) {
    if (!strict) {
      return;
    }
    for (String keyword : schema.propertyNames()) {
      if (!rules.permits(keyword)) {
        throw at(path, "'" + keyword + "' is not permitted");
      }
    }
    boolean typed =
        schema.has("type")
            || schema.has("$ref")
            || schema.has("anyOf")
            || schema.has("enum")
            || schema.has("const");
    if (!typed) {
      throw at(path, "schema must have a 'type' key");
    }
  }

  private void refers(JsonNode schema, List<String> path, int level, List<String> refs) {
    String ref = schema.path("$ref").asString("");
    if (!ref.isEmpty() && !refs.contains(ref)) {
      JsonNode target = root.target(schema.path("$ref"));
      check(target, path, level, plus(refs, ref));
    }
  }

  private void branches(
      JsonNode schema, String keyword, List<String> path, int level, List<String> refs) {
    int number = 0;
    for (JsonNode branch : schema.path(keyword)) {
      check(branch, plus(path, keyword, Integer.toString(number++)), level, refs);
    }
  }

  private static boolean hasType(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    return types.isString()
        ? types.stringValue().equals(type)
        : types.valueStream().anyMatch(one -> one.asString("").equals(type));
  }

  private void array(JsonNode schema, List<String> path, int level, List<String> refs) {
    JsonNode items = schema.path("items");
    if (items.isMissingNode() && !schema.has("prefixItems")) {
      throw at(path, "array schema missing items");
    }
    if (items.isObject()) {
      check(items, plus(path, "items"), below(level, items), refs);
    }
  }

  private void object(JsonNode schema, List<String> path) {
    if (!strict) {
      return;
    }
    JsonNode more = schema.path("additionalProperties");
    if (!more.isBoolean() || more.booleanValue()) {
      throw at(path, "'additionalProperties' is required to be supplied and to be false");
    }
    List<String> required = Keywords.required(schema);
    String rule =
        "'required' is required to be supplied and to be an array including every key in"
            + " properties. ";
    for (String name : schema.path("properties").propertyNames()) {
      if (!required.contains(name)) {
        throw at(path, rule + "Missing '" + name + "'");
      }
    }
    for (String name : required) {
      if (!schema.path("properties").has(name)) {
        throw at(path, rule + "Extra required key '" + name + "' supplied");
      }
    }
  }

  private static int below(int level, JsonNode schema) {
    boolean nests =
        hasType(schema, "object")
            || hasType(schema, "array")
            || schema.has("$ref")
            || schema.has("anyOf");
    return nests ? level + 1 : level;
  }

  private static List<String> plus(List<String> path, String... more) {
    List<String> longer = new ArrayList<>(path);
    longer.addAll(List.of(more));
    return longer;
  }

  /** The place as the service writes it, which is as Python does. */
  private static Found at(List<String> path, String problem) {
    String context = path.stream().map(part -> "'" + part + "'").collect(Collectors.joining(", "));
    return new Found(
        "In context=(%s%s), %s.".formatted(context, path.size() == 1 ? "," : "", problem));
  }
}
