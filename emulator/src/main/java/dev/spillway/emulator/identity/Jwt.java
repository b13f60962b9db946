package dev.spillway.emulator.identity;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token taken apart (RFC 7519 in the compact form of RFC 7515).
 *
 * @param algorithm as its header says
 * @param signed what the signature is over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Jwt(String algorithm, Claims claims, byte[] signed, byte[] signature) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Whether it has a token's three parts, be they readable or not. */
  static boolean looksLikeOne(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first > 0 && second > first + 1 && text.indexOf('.', second + 1) < 0;
  }

  /** The token that a text is, when it is one. */
  static Optional<Jwt> parse(String text) {
    if (!looksLikeOne(text)) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    try {
      JsonNode header = JSON.readTree(decode(parts[0]));
      JsonNode payload = JSON.readTree(decode(parts[1]));
      if (!header.isObject() || !payload.isObject()) {
        return Optional.empty();
      }
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      return Optional.of(
          new Jwt(header.path("alg").asString(""), claims(payload), signed, decode(parts[2])));
    } catch (IllegalArgumentException | JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] decode(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private static Claims claims(JsonNode payload) {
    String application = text(payload, "appid");
    return new Claims(
        text(payload, "iss"),
        audiences(payload.path("aud")),
        moment(payload.path("exp")),
        text(payload, "oid"),
        application != null ? application : text(payload, "azp"),
        text(payload, "sub"));
  }

  private static List<String> audiences(JsonNode audience) {
    Stream<JsonNode> all = audience.isArray() ? audience.valueStream() : Stream.of(audience);
    return all.filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }

  private static @Nullable String text(JsonNode payload, String name) {
    JsonNode value = payload.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** Whole seconds; a token that says more exactly when is cut short. */
  private static @Nullable Instant moment(JsonNode seconds) {
    return seconds.isNumber() ? Instant.ofEpochSecond((long) seconds.doubleValue()) : null;
  }
}
