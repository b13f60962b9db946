package dev.spillway.router.upstream;

import dev.spillway.wire.ServerSentEvent;
import dev.spillway.wire.ServerSentEventReader;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the beginning of a stream of events, and tells when it says something: content, or that it
 * failed. What comes before that (the filter's word on the prompt, the role, {@code
 * response.created}) is promised by every backend alike.
 *
 * <p>It knows the shapes of chat completions, legacy completions and responses; in any other stream
 * the first event that is no error is content.
 */
final class StreamStart {

  /** What has been said so far. */
  sealed interface Sign {

    record Nothing() implements Sign {}

    record Content() implements Sign {}

    /** An error in place of content. */
    record Failure(StreamError error) implements Sign {}

    record Broken(String why) implements Sign {}
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Sign NOTHING = new Sign.Nothing();
  private static final Sign CONTENT = new Sign.Content();
  private static final Sign BROKEN = new Sign.Broken("an event of the stream is no JSON");
  private static final Sign EMPTY = new Sign.Broken("the stream ended before it said anything");

  private final ServerSentEventReader events = new ServerSentEventReader();

  private boolean content;

  /** What has been said with these bytes; an error counts whatever was said before it. */
  Sign feed(byte[] bytes, int length) {
    for (ServerSentEvent event : events.feed(bytes, 0, length)) {
      switch (sign(event)) {
        case Sign.Nothing nothing -> {}
        case Sign.Content said -> content = true;
        case Sign.Failure failure -> {
          return failure;
        }
        case Sign.Broken broken -> {
          return broken;
        }
      }
    }
    return content ? CONTENT : NOTHING;
  }

  private Sign sign(ServerSentEvent event) {
    if (event.isDone()) {
      return content ? CONTENT : EMPTY;
    }
    JsonNode data;
    try {
      data = JSON.readTree(event.data());
    } catch (JacksonException e) {
      return BROKEN;
    }
    Optional<StreamError> error = StreamError.in(event.event(), data);
    if (error.isPresent()) {
      return new Sign.Failure(error.get());
    }
    return says(data) ? CONTENT : NOTHING;
  }

  private static boolean says(JsonNode data) {
    JsonNode choices = data.path("choices");
    if (choices.isArray()) {
      return choices.valueStream().anyMatch(StreamStart::choiceSays);
    }
    return switch (data.path("type").asString("")) {
      case "response.created",
          "response.queued",
          "response.in_progress",
          "response.output_item.added",
          "response.content_part.added" ->
          false;
      default -> true;
    };
  }

  private static boolean choiceSays(JsonNode choice) {
    JsonNode delta = choice.path("delta");
    return !choice.path("finish_reason").asString("").isEmpty()
        || !choice.path("text").asString("").isEmpty()
        || !delta.path("content").asString("").isEmpty()
        || !delta.path("reasoning_content").asString("").isEmpty()
        || !delta.path("refusal").asString("").isEmpty()
        || !delta.path("tool_calls").isEmpty()
        || delta.path("function_call").isObject()
        || delta.path("audio").isObject();
  }
}
