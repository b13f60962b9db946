package dev.spillway.emulator.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The object in a body, whose members are asked for one by one; the first that is wrong ends the
 * reading, in the words of a JSON schema validator.
 */
record JsonBody(JsonNode json) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Ends the reading of a body with what is wrong with it. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient InvalidRequest problem;

    Refusal(InvalidRequest problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }
  }

  /** Makes a request of a body. */
  static ParsedBody read(RequestBody body, Function<JsonBody, ModelRequest> reader) {
    try {
      JsonNode json = JSON.readTree(body.bytes());
      if (!json.isObject()) {
        throw refused("The body of your request must be a JSON object.", null);
      }
      return new ParsedBody.Valid(reader.apply(new JsonBody(json)));
    } catch (JacksonException e) {
      return new ParsedBody.Refused(
          InvalidRequest.because("We could not parse the JSON body of your request."));
    } catch (Refusal e) {
      return new ParsedBody.Refused(e.problem);
    }
  }

  static Refusal refused(String message, @Nullable String param) {
    return new Refusal(new InvalidRequest(message, param, null));
  }

  boolean has(String member) {
    JsonNode value = json.path(member);
    return !value.isMissingNode() && !value.isNull();
  }

  JsonNode get(String member) {
    return json.path(member);
  }

  @Nullable String text(String member) {
    JsonNode value = json.path(member);
    return value.isString() ? value.stringValue() : null;
  }

  @Nullable Integer integer(String member, int least) {
    if (!has(member)) {
      return null;
    }
    JsonNode value = json.path(member);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrongType(member, "integer");
    }
    if (value.intValue() < least) {
      throw refused(
          "%s is less than the minimum of %d - '%s'".formatted(shown(member), least, member),
          member);
    }
    return value.intValue();
  }

  @Nullable Integer integer(String member, int least, int most) {
    Integer value = integer(member, least);
    if (value != null && value > most) {
      throw refused(
          "%s is greater than the maximum of %d - '%s'".formatted(shown(member), most, member),
          member);
    }
    return value;
  }

  boolean flag(String member) {
    if (has(member) && !json.path(member).isBoolean()) {
      throw wrongType(member, "boolean");
    }
    return json.path(member).booleanValue(false);
  }

  /** One of these texts, or the first of them when it is not given. */
  String oneOf(String member, List<String> known) {
    if (!has(member)) {
      return known.getFirst();
    }
    String value = text(member);
    if (value == null || !known.contains(value)) {
      throw refused(
          "%s is not one of ['%s'] - '%s'"
              .formatted(shown(member), String.join("', '", known), member),
          member);
    }
    return value;
  }

  Refusal wrongType(String member, String type) {
    return refused("%s is not of type '%s' - '%s'".formatted(shown(member), type, member), member);
  }

  String shown(String member) {
    return Members.shown(json.path(member));
  }
}
