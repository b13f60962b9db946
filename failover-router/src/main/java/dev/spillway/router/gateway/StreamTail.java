package dev.spillway.router.gateway;

import java.nio.charset.StandardCharsets;

/** The last bytes of a stream of events, from which one can tell where it stands. */
final class StreamTail {

  private static final int LENGTH = 24;

  private byte[] last = new byte[0];

  void feed(byte[] bytes, int length) {
    int kept = Math.max(0, Math.min(last.length, LENGTH - length));
    int added = Math.min(length, LENGTH);
    byte[] tail = new byte[kept + added];
    System.arraycopy(last, last.length - kept, tail, 0, kept);
    System.arraycopy(bytes, length - added, tail, kept, added);
    last = tail;
  }

  /** Whether the last event was {@code [DONE]}. */
  boolean isDone() {
    return text().stripTrailing().endsWith("[DONE]");
  }

  /** Whether every event so far has its closing blank line. */
  boolean isBetweenEvents() {
    String text = text();
    return text.isEmpty() || text.endsWith("\n\n") || text.endsWith("\r\n\r\n");
  }

  private String text() {
    return new String(last, StandardCharsets.ISO_8859_1);
  }
}
