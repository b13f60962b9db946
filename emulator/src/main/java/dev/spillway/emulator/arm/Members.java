package dev.spillway.emulator.arm;

import dev.spillway.control.ControlJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object of a request, each asked for by name.
 *
 * <p>A member without a value counts as left out, since clients send some so. {@link #end} refuses
 * those that nobody asked for.
 */
final class Members {

  private final JsonNode object;
  private final String path;
  private final Set<String> asked = new HashSet<>();

  private Members(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  static Members of(byte[] body) {
    try {
      JsonNode read = ControlJson.mapper().readTree(body);
      if (read == null || !read.isObject()) {
        throw ArmRefusal.invalidContent("The body is not a JSON object");
      }
      return new Members(read, "");
    } catch (JacksonException e) {
      throw ArmRefusal.invalidContent("The body is not a JSON object");
    }
  }

  Optional<String> text(String key) {
    return find(key)
        .map(value -> {
          if (!value.isString() || value.asString().isBlank()) {
            throw expected(key, "a text that is not empty");
          }
          return value.asString();
        });
  }

  Optional<Integer> positive(String key) {
    return find(key)
        .map(value -> {
          if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
            throw expected(key, "a whole number from 1 up");
          }
          return value.asInt();
        });
  }

  Optional<Boolean> flag(String key) {
    return find(key)
        .map(value -> {
          if (!value.isBoolean()) {
            throw expected(key, "true or false");
          }
          return value.asBoolean();
        });
  }

  Optional<Members> object(String key) {
    return find(key)
        .map(value -> {
          if (!value.isObject()) {
            throw expected(key, "an object");
          }
          return new Members(value, inside(key));
        });
  }

  /** Texts by names that the caller chose; they may be empty. */
  Optional<Map<String, String>> texts(String key) {
    return object(key)
        .map(members -> {
          Map<String, String> texts = new LinkedHashMap<>();
          for (String name : members.object.propertyNames()) {
            JsonNode value = members.object.get(name);
            if (!value.isString()) {
              throw members.expected(name, "a text");
            }
            texts.put(name, value.asString());
          }
          return texts;
        });
  }

  /** Says that these may be there and mean nothing. */
  Members ignore(List<String> keys) {
    asked.addAll(keys);
    return this;
  }

  /** Says that every known member has been asked for. */
  void end() {
    object.propertyNames().stream()
        .filter(name -> !asked.contains(name) && !object.get(name).isNull())
        .findFirst()
        .ifPresent(name -> {
          throw ArmRefusal.invalidContent("Could not find member '" + inside(name) + "'");
        });
  }

  private Optional<JsonNode> find(String key) {
    asked.add(key);
    return object.optional(key).filter(value -> !value.isNull());
  }

  private ArmRefusal expected(String key, String expected) {
    return ArmRefusal.invalidContent("The value of '" + inside(key) + "' must be " + expected);
  }

  private String inside(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
