package dev.spillway.emulator.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether a value fits a schema: the keywords of JSON Schema but {@code format}, {@code
 * $dynamicRef} and the {@code unevaluated…} ones.
 *
 * <p>{@link InstanceWriter} checks what it wrote with it; requests are not validated.
 */
final class Conformance {

  /** A reference that leads to itself ends here, and fits nothing. */
  private static final int DEEPEST = 400;

  /** So many schemas are looked at for one value; more would be a schema made to be slow. */
  private static final int MOST_LOOKS = 200_000;

  private final SchemaRoot root;
  private int depth;
  private int looks;

  Conformance(SchemaRoot root) {
    this.root = root;
  }

  boolean fits(JsonNode value, JsonNode schema) {
    if (!schema.isObject()) {
      return !schema.isBoolean() || schema.booleanValue();
    }
    looks = depth == 0 ? 0 : looks + 1;
    if (depth == DEEPEST || looks > MOST_LOOKS) {
      return false;
    }
    depth++;
    try {
      return fitsType(value, schema.path("type"))
          && fitsValues(value, schema)
          && fitsCombination(value, schema)
          && fitsKind(value, schema);
    } finally {
      depth--;
    }
  }

  static boolean fitsType(JsonNode value, JsonNode type) {
    if (type.isString()) {
      return isOf(value, type.stringValue());
    }
    if (!type.isArray()) {
      return true;
    }
    for (JsonNode one : type) {
      if (one.isString() && isOf(value, one.stringValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && isWhole(value.decimalValue());
      default -> false;
    };
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private static boolean fitsValues(JsonNode value, JsonNode schema) {
    if (schema.has("const") && !same(value, schema.path("const"))) {
      return false;
    }
    JsonNode values = schema.path("enum");
    if (!values.isArray()) {
      return true;
    }
    for (JsonNode one : values) {
      if (same(value, one)) {
        return true;
      }
    }
    return false;
  }

  static boolean same(JsonNode one, JsonNode other) {
    boolean numbers = one.isNumber() && other.isNumber();
    return numbers ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
  }

  private boolean fitsCombination(JsonNode value, JsonNode schema) {
    JsonNode ref = schema.path("$ref");
    if (!ref.isMissingNode() && !fits(value, root.target(ref))) {
      return false;
    }
    JsonNode all = schema.path("allOf");
    JsonNode any = schema.path("anyOf");
    JsonNode one = schema.path("oneOf");
    return (!all.isArray() || count(value, all) == all.size())
        && (!any.isArray() || count(value, any) > 0)
        && (!one.isArray() || count(value, one) == 1)
        && (!schema.has("not") || !fits(value, schema.path("not")))
        && fitsCondition(value, schema);
  }

  private int count(JsonNode value, JsonNode schemas) {
    int fitting = 0;
    for (JsonNode schema : schemas) {
      fitting += fits(value, schema) ? 1 : 0;
    }
    return fitting;
  }

  private boolean fitsCondition(JsonNode value, JsonNode schema) {
    if (!schema.has("if")) {
      return true;
    }
    JsonNode then = schema.path(fits(value, schema.path("if")) ? "then" : "else");
    return then.isMissingNode() || fits(value, then);
  }

  private boolean fitsKind(JsonNode value, JsonNode schema) {
    return switch (value.getNodeType()) {
      case STRING -> fitsString(value.stringValue(), schema);
      case NUMBER -> fitsNumber(value.decimalValue(), schema);
      case ARRAY -> fitsArray(value, schema);
      case OBJECT -> fitsObject(value, schema);
      default -> true;
    };
  }

  private static boolean fitsString(String text, JsonNode schema) {
    return within(text.codePointCount(0, text.length()), schema, "minLength", "maxLength")
        && (!schema.path("pattern").isString()
            || Patterns.find(schema.path("pattern").stringValue(), text));
  }

  private static boolean within(int size, JsonNode schema, String least, String most) {
    JsonNode atLeast = schema.path(least);
    JsonNode atMost = schema.path(most);
    return (!atLeast.isNumber() || size >= atLeast.decimalValue().doubleValue())
        && (!atMost.isNumber() || size <= atMost.decimalValue().doubleValue());
  }

  private static boolean fitsNumber(BigDecimal number, JsonNode schema) {
    return compares(number, schema.path("minimum"), 0, 1)
        && compares(number, schema.path("exclusiveMinimum"), 1, 1)
        && compares(number, schema.path("maximum"), 0, -1)
        && compares(number, schema.path("exclusiveMaximum"), -1, -1)
        && isMultiple(number, schema.path("multipleOf"));
  }

  private static boolean compares(BigDecimal number, JsonNode bound, int one, int other) {
    if (!bound.isNumber()) {
      return true;
    }
    int sign = number.compareTo(bound.decimalValue());
    return sign == one || sign == other;
  }

  private static boolean isMultiple(BigDecimal number, JsonNode of) {
    return !of.isNumber()
        || of.decimalValue().signum() <= 0
        || number.remainder(of.decimalValue()).signum() == 0;
  }

  private boolean fitsArray(JsonNode array, JsonNode schema) {
    JsonNode first = Keywords.prefixItems(schema);
    JsonNode items = Keywords.items(schema);
    for (int i = 0; i < array.size(); i++) {
      JsonNode of = i < first.size() ? first.path(i) : items;
      if (!of.isMissingNode() && !fits(array.path(i), of)) {
        return false;
      }
    }
    return within(array.size(), schema, "minItems", "maxItems")
        && (!schema.path("uniqueItems").asBoolean(false) || isUnique(array))
        && fitsContains(array, schema);
  }

  private boolean fitsContains(JsonNode array, JsonNode schema) {
    if (!schema.has("contains")) {
      return true;
    }
    int found = 0;
    for (JsonNode item : array) {
      found += fits(item, schema.path("contains")) ? 1 : 0;
    }
    return found >= schema.path("minContains").asInt(1)
        && found <= schema.path("maxContains").asInt(Integer.MAX_VALUE);
  }

  private static boolean isUnique(JsonNode array) {
    List<JsonNode> seen = new ArrayList<>();
    for (JsonNode item : array) {
      if (seen.stream().anyMatch(other -> same(item, other))) {
        return false;
      }
      seen.add(item);
    }
    return true;
  }

  private boolean fitsObject(JsonNode object, JsonNode schema) {
    for (JsonNode name : schema.path("required")) {
      if (name.isString() && !object.has(name.stringValue())) {
        return false;
      }
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!fitsMember(member.getKey(), member.getValue(), schema)) {
        return false;
      }
    }
    return within(object.size(), schema, "minProperties", "maxProperties");
  }

  private boolean fitsMember(String name, JsonNode value, JsonNode schema) {
    Set<JsonNode> schemas = new HashSet<>(Keywords.schemasOf(name, schema));
    return schemas.stream().allMatch(of -> fits(value, of));
  }
}
