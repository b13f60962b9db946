package dev.spillway.emulator.request;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the members of a JSON object, and refuses what is wrong in the words of the newer engines.
 *
 * @param at where the object stands in the body; empty for the body itself
 */
record MemberReader(JsonNode object, String at) {

  /** Ends the reading of a body with what is wrong with it. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient InvalidRequest problem;

    Refusal(InvalidRequest problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }

    InvalidRequest problem() {
      return problem;
    }
  }

  static Refusal refused(String message, @Nullable String param, @Nullable String code) {
    return new Refusal(new InvalidRequest(message, param, code));
  }

  String path(String member) {
    return at.isEmpty() ? member : at + "." + member;
  }

  /** A member; missing when it is null. */
  JsonNode node(String member) {
    JsonNode value = object.path(member);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String member) {
    return !node(member).isMissingNode();
  }

  /** An object inside, empty when it is not there. */
  MemberReader object(String member) {
    JsonNode value = node(member);
    if (!value.isMissingNode() && !value.isObject()) {
      throw wrongType(member, "an object", value);
    }
    return new MemberReader(value, path(member));
  }

  /** The objects of an array, none when it is not there. */
  List<MemberReader> objects(String member) {
    JsonNode array = node(member);
    if (array.isMissingNode()) {
      return List.of();
    }
    if (!array.isArray()) {
      throw wrongType(member, "an array of objects", array);
    }
    return IntStream.range(0, array.size())
        .mapToObj(index -> element(array.get(index), path(member) + "[" + index + "]"))
        .toList();
  }

  private static MemberReader element(JsonNode value, String where) {
    if (!value.isObject()) {
      throw wrongKind(where, "an object", value);
    }
    return new MemberReader(value, where);
  }

  void checkObject(String member) {
    var unused = object(member);
  }

  @Nullable String text(String member) {
    JsonNode value = node(member);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isString()) {
      throw wrongType(member, "a string", value);
    }
    return value.stringValue();
  }

  String requiredText(String member) {
    return Optional.ofNullable(text(member)).orElseThrow(() -> missing(member));
  }

  boolean flag(String member, boolean otherwise) {
    JsonNode value = node(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrongType(member, "a boolean", value);
    }
    return value.booleanValue();
  }

  @Nullable Integer integer(String member, int least) {
    JsonNode value = node(member);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrongType(member, "an integer", value);
    }
    if (value.intValue() < least) {
      throw refused(
          "Invalid '%s': integer below minimum value. Expected a value >= %d, but got %d instead."
              .formatted(path(member), least, value.intValue()),
          path(member),
          "integer_below_min_value");
    }
    return value.intValue();
  }

  void checkDecimal(String member, int least, int most) {
    JsonNode value = node(member);
    if (value.isMissingNode()) {
      return;
    }
    if (!value.isNumber()) {
      throw wrongType(member, "a decimal", value);
    }
    double given = value.doubleValue();
    if (given < least || given > most) {
      boolean below = given < least;
      throw refused(
          "Invalid '%s': decimal %s value. Expected a value %s, but got %s instead."
              .formatted(
                  path(member),
                  below ? "below minimum" : "above maximum",
                  below ? ">= " + least : "<= " + most,
                  value),
          path(member),
          below ? "decimal_below_min_value" : "decimal_above_max_value");
    }
  }

  void checkInteger(String member, int least) {
    var unused = integer(member, least);
  }

  /** One of these texts; null when it is not there. */
  @Nullable String oneOf(String member, List<String> known) {
    String value = text(member);
    if (value != null && !known.contains(value)) {
      throw notOneOf(value, path(member), known);
    }
    return value;
  }

  void checkOneOf(String member, List<String> known) {
    var unused = oneOf(member, known);
  }

  String requiredOneOf(String member, List<String> known) {
    return Optional.ofNullable(oneOf(member, known)).orElseThrow(() -> missing(member));
  }

  static Refusal notOneOf(String value, String path, List<String> known) {
    List<String> quoted = known.stream().map(one -> "'" + one + "'").toList();
    String all =
        quoted.size() == 1
            ? quoted.getFirst()
            : String.join(", ", quoted.subList(0, quoted.size() - 1)) + ", and " + quoted.getLast();
    return refused(
        "Invalid value: '%s'. Supported values are: %s.".formatted(Members.cut(value), all),
        path,
        "invalid_value");
  }

  Refusal missing(String member) {
    return refused(
        "Missing required parameter: '" + path(member) + "'.",
        path(member),
        "missing_required_parameter");
  }

  Refusal wrongType(String member, String expected, JsonNode got) {
    return wrongKind(path(member), expected, got);
  }

  private static Refusal wrongKind(String path, String expected, JsonNode got) {
    return refused(
        "Invalid type for '%s': expected %s, but got %s instead."
            .formatted(path, expected, kind(got)),
        path,
        "invalid_type");
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }
}
