package dev.spillway.router.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error that came as an event of a stream, and the answer it would have been had it come in
 * time.
 *
 * @param status by its code, since an event has none
 * @param json the body of that answer
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record StreamError(int status, byte[] json) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Codes and types in lower case; any other is a failure of the server. */
  private static final Map<String, Integer> STATUS =
      Map.ofEntries(
          Map.entry("rate_limit_exceeded", 429),
          Map.entry("rate_limit_error", 429),
          Map.entry("ratelimitreached", 429),
          Map.entry("too_many_requests", 429),
          Map.entry("insufficient_quota", 429),
          Map.entry("no_capacity", 429),
          Map.entry("tokens", 429),
          Map.entry("requests", 429),
          Map.entry("content_filter", 400),
          Map.entry("invalid_request_error", 400),
          Map.entry("invalid_prompt", 400),
          Map.entry("context_length_exceeded", 400));

  /** The error that an event tells of, if it tells of one. */
  static Optional<StreamError> in(@Nullable String event, JsonNode data) {
    JsonNode error = data.path("error");
    if (error.isObject()) {
      return Optional.of(of(error));
    }
    String type = event == null ? data.path("type").asString("") : event;
    return switch (type) {
      case "error" -> Optional.of(of(data));
      case "response.failed" -> Optional.of(of(data.path("response").path("error")));
      default -> Optional.empty();
    };
  }

  private static StreamError of(JsonNode error) {
    ObjectNode body = JSON.createObjectNode();
    body.set("error", error.isObject() ? error : JSON.createObjectNode());
    return new StreamError(status(error), body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static int status(JsonNode error) {
    return byWord(error.path("code").asString(""))
        .or(() -> byWord(error.path("type").asString("")))
        .orElse(500);
  }

  private static Optional<Integer> byWord(String word) {
    Integer known = STATUS.get(word.toLowerCase(Locale.ROOT));
    return known != null ? Optional.of(known) : byNumber(word);
  }

  private static Optional<Integer> byNumber(String word) {
    return word.matches("[45]\\d\\d") ? Optional.of(Integer.valueOf(word)) : Optional.empty();
  }
}
