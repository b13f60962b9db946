package dev.spillway.emulator.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes up values that fit a schema; the same randomness gives the same value.
 *
 * <p>A value is no deeper than its schema needs, or {@value #ROOM} levels where it needs fewer:
 * below that, recursion ends by null, by empty arrays and by leaving members out. What was written
 * is checked, and drawn again when it does not fit, for a while; a schema that nothing fits, or
 * that says what only a reader of English understands, gets the last try.
 */
public final class InstanceWriter {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int ROOM = 6;
  private static final int TRIES = 12;
  private static final int TRIES_IN_ALL = 400;

  /** From so many values on, nothing is written that can be left out. */
  private static final int ENOUGH = 250;

  /** From so many on, arrays stay empty, whatever the schema says. */
  private static final int TOO_MUCH = 20_000;

  /** Deeper than that comes nothing, whatever the schema says. */
  private static final int DEEPEST = 100;

  private final SchemaRoot root;
  private final Conformance conformance;
  private final Heights heights;
  private final Texts texts;
  private final RandomGenerator random;
  private int written;
  private int retries;

  private InstanceWriter(JsonNode schema, Wording wording, RandomGenerator random) {
    this.root = new SchemaRoot(schema);
    this.conformance = new Conformance(root);
    this.heights = new Heights(root);
    this.texts = new Texts(wording, random);
    this.random = random;
  }

  /**
   * A value that fits.
   *
   * @param wording where texts are taken from, as far as they suit
   */
  public static JsonNode write(JsonNode schema, Wording wording, RandomGenerator random) {
    InstanceWriter writer = new InstanceWriter(schema, wording, random);
    int needed = writer.heights.of(schema);
    int room = needed >= Heights.ENDLESS ? ROOM : Math.max(needed, ROOM);
    JsonNode value = writer.value("", schema, room, 0);
    return value == null ? JSON.nullNode() : value;
  }

  /** A value, or null for a schema that says that there is none. */
  private @Nullable JsonNode value(String name, JsonNode schema, int room, int depth) {
    JsonNode value = null;
    for (int i = 0; i < TRIES; i++) {
      Flattening.Flat flat = Flattening.of(schema, root, heights::of, random, room);
      value = flat.impossible() ? null : drawn(name, flat.schema(), room, depth);
      if (value != null && conformance.fits(value, schema)) {
        return value;
      }
      if (++retries > TRIES_IN_ALL) {
        break;
      }
    }
    return value;
  }

  private JsonNode drawn(String name, ObjectNode schema, int room, int depth) {
    written++;
    if (schema.has("const")) {
      return schema.path("const");
    }
    List<JsonNode> values = listed(schema);
    if (!values.isEmpty()) {
      return Choices.preferring(values, value -> !value.isNull(), random);
    }
    return switch (type(schema, room)) {
      case "object" -> object(schema, room, depth);
      case "array" -> array(name, schema, room, depth);
      case "integer" -> Numbers.integer(name, schema, random);
      case "number" -> Numbers.number(name, schema, random);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.stringNode(texts.write(name, schema));
    };
  }

  private List<JsonNode> listed(ObjectNode schema) {
    return schema.path("enum").isArray()
        ? schema.path("enum").valueStream().filter(value -> fitsAlone(value, schema)).toList()
        : List.of();
  }

  private boolean fitsAlone(JsonNode value, ObjectNode schema) {
    return Conformance.fitsType(value, schema.path("type")) && conformance.fits(value, schema);
  }

  private String type(ObjectNode schema, int room) {
    List<String> types = Types.of(schema);
    List<String> low = types.stream().filter(type -> heights.ofType(type, schema) <= room).toList();
    return Choices.preferring(low.isEmpty() ? types : low, type -> !type.equals("null"), random);
  }

  private JsonNode object(ObjectNode schema, int room, int depth) {
    ObjectNode object = JSON.objectNode();
    List<String> required = Keywords.required(schema);
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      String name = member.getKey();
      if (required.contains(name) || isWanted(member.getValue(), schema, object, room)) {
        put(object, name, schema, room, depth, required.contains(name));
      }
    }
    for (String name : required) {
      if (!object.has(name)) {
        put(object, name, schema, room, depth, true);
      }
    }
    fill(object, schema, room, depth);
    return object;
  }

  private boolean isWanted(JsonNode member, ObjectNode schema, ObjectNode object, int room) {
    int left = Keywords.size(schema, "maxProperties", Integer.MAX_VALUE) - missing(schema, object);
    boolean needed = object.size() < Keywords.size(schema, "minProperties", 0);
    boolean cheap = written < ENOUGH && heights.of(member) < room;
    return object.size() < left && (needed || (cheap && random.nextInt(4) > 0));
  }

  private static int missing(ObjectNode schema, ObjectNode object) {
    return (int) Keywords.required(schema).stream().filter(name -> !object.has(name)).count();
  }

  private void put(
      ObjectNode object, String name, ObjectNode schema, int room, int depth, boolean must) {
    JsonNode value = value(name, memberSchema(name, schema), room - 1, depth + 1, must);
    if (value != null) {
      object.set(name, value);
    }
  }

  private @Nullable JsonNode value(
      String name, JsonNode schema, int room, int depth, boolean must) {
    JsonNode value = depth > DEEPEST ? null : value(name, schema, room, depth);
    return value == null && must ? JSON.nullNode() : value;
  }

  private static JsonNode memberSchema(String name, ObjectNode schema) {
    List<JsonNode> schemas = Keywords.schemasOf(name, schema);
    if (schemas.size() == 1) {
      return schemas.getFirst();
    }
    ObjectNode all = JSON.objectNode();
    if (!schemas.isEmpty()) {
      ArrayNode parts = all.putArray("allOf");
      schemas.forEach(parts::add);
    }
    return all;
  }

  /** Members that have no name in the schema: as many as it asks for, or a few of a map. */
  private void fill(ObjectNode object, ObjectNode schema, int room, int depth) {
    int least = Keywords.size(schema, "minProperties", 0);
    boolean map =
        schema.path("properties").isEmpty()
            && (schema.path("additionalProperties").isObject() || schema.has("patternProperties"));
    int most = Math.min(Keywords.size(schema, "maxProperties", 3), 3);
    boolean fits = heights.of(schema.path("additionalProperties")) < room && written < ENOUGH;
    int wanted = Math.max(least, map && fits && most > 0 ? random.nextInt(1, most + 1) : 0);
    for (int i = 0; i < wanted * 4 && object.size() < wanted && written < TOO_MUCH; i++) {
      put(object, memberName(schema, i), schema, room, depth, false);
    }
  }

  private String memberName(ObjectNode schema, int number) {
    Optional<String> matching =
        schema
            .path("patternProperties")
            .propertyStream()
            .findFirst()
            .flatMap(pattern -> PatternText.write(pattern.getKey(), random));
    return matching
        .map(name -> number > 0 ? longer(name, schema) : name)
        .orElseGet(() ->
            schema.path("propertyNames").isObject()
                ? texts.write("", schema.path("propertyNames"))
                : Vocabulary.word(random) + (number < 3 ? "" : number));
  }

  /** So that there can be several, where the pattern lets them be longer. */
  private String longer(String name, ObjectNode schema) {
    String longer = name + Vocabulary.word(random);
    boolean matches =
        schema.path("patternProperties").propertyNames().stream()
            .anyMatch(pattern -> Patterns.find(pattern, longer));
    return matches ? longer : name;
  }

  private JsonNode array(String name, ObjectNode schema, int room, int depth) {
    ArrayNode array = JSON.arrayNode();
    JsonNode first = Keywords.prefixItems(schema);
    boolean unique = schema.path("uniqueItems").asBoolean(false);
    int size = size(schema, first, room);
    for (int tries = 0; array.size() < size && tries < size * 4 && depth < DEEPEST; tries++) {
      JsonNode item = value(name, itemSchema(schema, first, array.size()), room - 1, depth + 1);
      if (item == null || written > TOO_MUCH) {
        break;
      }
      if (!unique || array.valueStream().noneMatch(other -> Conformance.same(item, other))) {
        array.add(item);
      }
    }
    return array;
  }

  private static JsonNode itemSchema(ObjectNode schema, JsonNode first, int index) {
    if (index < first.size()) {
      return first.path(index);
    }
    JsonNode items = Keywords.items(schema);
    if (index < schema.path("minContains").asInt(1) && schema.has("contains")) {
      ObjectNode both = JSON.objectNode();
      ArrayNode parts = both.putArray("allOf").add(schema.path("contains"));
      if (!items.isMissingNode()) {
        parts.add(items);
      }
      return both;
    }
    return items.isMissingNode() ? JSON.objectNode() : items;
  }

  private int size(ObjectNode schema, JsonNode first, int room) {
    int least = Keywords.size(schema, "minItems", schema.has("contains") ? 1 : 0);
    int most = Keywords.size(schema, "maxItems", Integer.MAX_VALUE);
    JsonNode items = Keywords.items(schema);
    boolean closed = items.isBoolean() && !items.booleanValue();
    if (closed) {
      most = Math.min(most, first.size());
    }
    boolean fits = written < ENOUGH && (items.isMissingNode() || heights.of(items) < room);
    int usual = first.isEmpty() ? least + random.nextInt(least == 0 ? 1 : 0, 3) : first.size();
    boolean firstFits = first.valueStream().allMatch(item -> heights.of(item) < room);
    return (fits || !first.isEmpty()) && firstFits
        ? Math.clamp(usual, least, Math.max(least, most))
        : least;
  }
}
