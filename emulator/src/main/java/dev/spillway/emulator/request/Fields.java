package dev.spillway.emulator.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * The members of a JSON object or the fields of a form, each read as what it is to be.
 *
 * <p>Every method ends the reading where a value cannot be that. A field of a form that is empty is
 * not there.
 */
final class Fields {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Ends the reading of a body with what is wrong with it. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient InvalidRequest problem;

    Wrong(InvalidRequest problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }

    InvalidRequest problem() {
      return problem;
    }
  }

  private final @Nullable JsonNode object;
  private final List<MultipartForm.Part> parts;

  private Fields(@Nullable JsonNode object, List<MultipartForm.Part> parts) {
    this.object = object;
    this.parts = parts;
  }

  static Fields json(RequestBody body) {
    JsonNode object;
    try {
      object = JSON.readTree(body.bytes());
    } catch (JacksonException e) {
      throw wrong("We could not parse the JSON body of your request.", null, null);
    }
    if (!object.isObject()) {
      throw wrong("The body of your request must be a JSON object.", null, null);
    }
    return new Fields(object, List.of());
  }

  static Fields form(RequestBody body) {
    return new Fields(
        null,
        MultipartForm.parse(body)
            .orElseThrow(() -> wrong("Could not parse multipart form", null, null)));
  }

  static Wrong wrong(String message, @Nullable String field, @Nullable String code) {
    return new Wrong(new InvalidRequest(message, field, code));
  }

  Optional<String> text(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw notA("string", value, name);
    }
    return Optional.of(value.stringValue());
  }

  String required(String name) {
    return text(name).orElseThrow(() -> wrong("'" + name + "' is a required property", name, null));
  }

  /** One of these, or nothing. */
  Optional<String> oneOf(String name, List<String> values) {
    Optional<String> text = text(name);
    text.filter(given -> !values.contains(given))
        .ifPresent(given -> {
          throw new Wrong(InvalidRequest.unsupported(name, given, values));
        });
    return text;
  }

  int integer(String name, int least, int most, int otherwise) {
    JsonNode value = number(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw notA("integer", value, name);
    }
    within(name, value, least, most);
    return value.intValue();
  }

  OptionalDouble decimal(String name, double least, double most) {
    JsonNode value = number(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw notA("number", value, name);
    }
    within(name, value, least, most);
    return OptionalDouble.of(value.doubleValue());
  }

  private static void within(String name, JsonNode value, double least, double most) {
    if (value.doubleValue() < least) {
      throw outside(name, value, "less than the minimum of ", least);
    }
    if (value.doubleValue() > most) {
      throw outside(name, value, "greater than the maximum of ", most);
    }
  }

  private static Wrong outside(String name, JsonNode value, String side, double bound) {
    String shown = bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    return wrong(Members.shown(value) + " is " + side + shown + " - '" + name + "'", name, null);
  }

  boolean flag(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return false;
    }
    String text = value.isString() && object == null ? value.stringValue() : value.toString();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw notA("boolean", value, name);
    };
  }

  /** All values of a field that may come several times, or of an array. */
  List<String> texts(String name) {
    if (object == null) {
      return parts.stream()
          .filter(part -> part.field().equals(name) && part.fileName() == null)
          .map(MultipartForm.Part::text)
          .toList();
    }
    JsonNode value = object.path(name);
    return StreamSupport.stream(value.spliterator(), false)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .toList();
  }

  /** The files of a field of a form. */
  List<Upload> files(String name) {
    return parts.stream()
        .filter(part -> part.field().equals(name) && part.fileName() != null)
        .map(part -> new Upload(String.valueOf(part.fileName()), part.content()))
        .toList();
  }

  private static Wrong notA(String type, JsonNode value, String name) {
    return wrong(
        Members.shown(value) + " is not of type '" + type + "' - '" + name + "'", name, null);
  }

  /** A value, or null for none. */
  private @Nullable JsonNode find(String name) {
    if (object != null) {
      JsonNode value = object.path(name);
      return value.isMissingNode() || value.isNull() ? null : value;
    }
    return texts(name).stream()
        .filter(text -> !text.isEmpty())
        .findFirst()
        .map(StringNode::valueOf)
        .orElse(null);
  }

  /** In a form a number is a text like any other. */
  private @Nullable JsonNode number(String name) {
    JsonNode value = find(name);
    if (value == null || object != null) {
      return value;
    }
    try {
      return JSON.readTree(value.stringValue().strip());
    } catch (JacksonException e) {
      return value;
    }
  }
}
