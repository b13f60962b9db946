package dev.spillway.emulator.recording;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a recorded answer says it used, as every operation writes it: in its body, or in the last of
 * its events that tells.
 */
public record RecordedUsage(int promptTokens, int cachedTokens, int completionTokens) {

  static final RecordedUsage NOTHING = new RecordedUsage(0, 0, 0);

  /** None where the answer does not tell; an error has used nothing. */
  public static Optional<RecordedUsage> of(RecordedAnswer answer) {
    if (answer.status() >= 400) {
      return Optional.of(NOTHING);
    }
    return documents(answer.payload()).reversed().stream()
        .flatMap(document -> Stream.of(document.path("usage"), document.at("/response/usage")))
        .filter(JsonNode::isObject)
        .findFirst()
        .map(RecordedUsage::read);
  }

  private static List<JsonNode> documents(RecordedAnswer.Payload payload) {
    return switch (payload) {
      case RecordedAnswer.Whole whole ->
          RecordedBody.utf8(whole.body().bytes()).flatMap(RecordedBody::json).stream().toList();
      case RecordedAnswer.Events events ->
          events.events().stream()
              .map(one -> RecordedBody.json(one.event().data()).orElse(null))
              .filter(Objects::nonNull)
              .toList();
      case RecordedAnswer.Chunks chunks -> List.of();
    };
  }

  private static RecordedUsage read(JsonNode usage) {
    JsonNode details =
        usage.has("prompt_tokens_details")
            ? usage.path("prompt_tokens_details")
            : usage.path("input_tokens_details");
    return new RecordedUsage(
        either(usage, "prompt_tokens", "input_tokens"),
        details.path("cached_tokens").asInt(0),
        either(usage, "completion_tokens", "output_tokens"));
  }

  private static int either(JsonNode usage, String one, String other) {
    return usage.path(one).asInt(usage.path(other).asInt(0));
  }
}
