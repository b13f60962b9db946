package dev.spillway.router.stored;

import dev.spillway.wire.ServerSentEvent;
import dev.spillway.wire.ServerSentEventReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds what a stream's first events show to be at the backend, and then reads no more of it. */
public final class StreamIds {

  private static final int READ_AT_MOST = 64 * 1024;

  private final ServerSentEventReader events = new ServerSentEventReader();
  private int left = READ_AT_MOST;

  /** The ids that these bytes bring; nothing after the first event that has one. */
  public List<String> feed(byte[] bytes, int offset, int length) {
    if (left <= 0) {
      return List.of();
    }
    left -= length;
    for (ServerSentEvent event : events.feed(bytes, offset, length)) {
      List<String> ids = ObjectIds.shownBy(event.data().getBytes(StandardCharsets.UTF_8));
      if (!ids.isEmpty()) {
        left = 0;
        return ids;
      }
    }
    return List.of();
  }
}
