package dev.spillway.scenarios.play;

import dev.spillway.wire.ServerSentEvent;
import dev.spillway.wire.ServerSentEventReader;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a stream as it comes: when it first says something, and whether it ends as it should. */
final class StreamWatch {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> LAST_EVENTS =
      List.of("response.completed", "response.incomplete");

  private final ServerSentEventReader reader = new ServerSentEventReader();
  private boolean hasContent;
  private boolean isClosed;
  private boolean isError;

  /** Takes the next bytes; whether they have the first words of the answer. */
  boolean feed(byte[] bytes, int length) {
    boolean before = hasContent;
    reader.feed(bytes, 0, length).forEach(this::see);
    return hasContent && !before;
  }

  /** Whether what closes a stream has come. */
  boolean isClosed() {
    return isClosed;
  }

  /** Whether the last event was an error. */
  boolean isError() {
    return isError;
  }

  private void see(ServerSentEvent event) {
    if (event.data().strip().equals("[DONE]")) {
      isClosed = true;
      return;
    }
    JsonNode json = parsed(event.data());
    String type = json.path("type").asString("");
    isError =
        json.path("error").isObject() || type.equals("error") || type.equals("response.failed");
    isClosed |= LAST_EVENTS.contains(type);
    hasContent |= !isError && says(json, type);
  }

  private static boolean says(JsonNode json, String type) {
    JsonNode choice = json.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    return !delta.path("content").asString("").isEmpty()
        || delta.path("tool_calls").size() > 0
        || !choice.path("text").asString("").isEmpty()
        || type.endsWith(".delta");
  }

  private static JsonNode parsed(String data) {
    try {
      return JSON.readTree(data);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }
}
