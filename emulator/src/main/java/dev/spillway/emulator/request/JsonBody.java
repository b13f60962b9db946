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
      return new ParsedBody.Refused(e.problem());
    }
  }

  static Refusal refused(String message, @Nullable String param) {
    return Refusal.of(message, param);
  }

  boolean has(String member) {
    return !Members.isAbsent(json.path(member));
  }

  JsonNode get(String member) {
    return json.path(member);
  }

  @Nullable String text(String member) {
    return Members.text(json.path(member));
  }

  @Nullable Integer integer(String member, int least) {
    return Members.integer(json, member, least);
  }

  @Nullable Integer integer(String member, int least, int most) {
    Integer value = integer(member, least);
    Members.atMost(most, value, member);
    return value;
  }

  boolean flag(String member) {
    return Members.flag(json, member, false);
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
