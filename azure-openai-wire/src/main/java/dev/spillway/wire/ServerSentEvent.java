package dev.spillway.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event of a {@code text/event-stream}.
 *
 * @param event its name; null where the stream has no {@code event:} line, as in chat completions
 * @param data its payload; several {@code data:} lines are joined by a line feed
 */
public record ServerSentEvent(@Nullable String event, String data) {

  /** What ends a chat completion's stream. */
  public static final ServerSentEvent DONE = new ServerSentEvent(null, "[DONE]");

  public boolean isDone() {
    return data.equals(DONE.data);
  }

  /** The bytes of the event with its closing blank line; line feeds only, as the service does. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder(data.length() + 24);
    if (event != null) {
      text.append("event: ").append(event).append('\n');
    }
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      text.append("data: \n");
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
