package dev.spillway.emulator.request;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single members of a body. */
final class Members {

  private static final int MAX_CHARACTERS = 1_048_576;
  private static final int MAX_SHOWN = 100;

  private Members() {}

  static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  /** A text that has to be there. */
  static String requiredText(JsonNode object, String member, String at) {
    JsonNode value = object.path(member);
    String param = at + "." + member;
    if (isAbsent(value)) {
      throw Refusal.missing(param);
    }
    if (!value.isString()) {
      throw Refusal.type(param, "a string", kind(value));
    }
    return value.stringValue();
  }

  static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  static @Nullable Integer positive(JsonNode body, String member) {
    return integer(body, member, 1);
  }

  static @Nullable Integer integer(JsonNode body, String member, int least) {
    JsonNode value = body.path(member);
    if (isAbsent(value)) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw Refusal.of(shown(value) + " is not of type 'integer' - '" + member + "'", member);
    }
    if (value.intValue() < least) {
      throw Refusal.of(
          shown(value) + " is less than the minimum of " + least + " - '" + member + "'", member);
    }
    return value.intValue();
  }

  static void atMost(int most, @Nullable Integer value, String member) {
    if (value != null && value > most) {
      throw Refusal.of(
          value + " is greater than the maximum of " + most + " - '" + member + "'", member);
    }
  }

  static boolean flag(JsonNode body, String member, boolean otherwise) {
    JsonNode value = body.path(member);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw Refusal.of(shown(value) + " is not of type 'boolean' - '" + member + "'", member);
    }
    return value.booleanValue();
  }

  static void atMost(int most, JsonNode array, String member) {
    if (array.isArray() && array.size() > most) {
      throw new Refusal(
          new InvalidRequest(
              "Invalid '%s': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
                  .formatted(member, most, array.size()),
              member,
              "array_above_max_length"));
    }
  }

  static void notTooLong(int length, String param) {
    if (length > MAX_CHARACTERS) {
      throw new Refusal(
          new InvalidRequest(
              "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
                  .formatted(param, MAX_CHARACTERS, length),
              param,
              "string_above_max_length"));
    }
  }

  /** What a value is, in the words of the engine. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal number";
      case NULL -> "null";
      default -> "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  /** The wrong value, or its beginning. */
  static String shown(JsonNode value) {
    return cut(value.toString());
  }

  static String cut(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
