package dev.spillway.emulator.dataplane;

import dev.spillway.wire.ServerSentEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes bad events of good ones. */
final class BadEvents {

  private static final byte[] DONE = ServerSentEvent.DONE.toBytes();
  private static final Pattern AFTER_AN_EVENT = Pattern.compile("(?<=\n\n)");

  private BadEvents() {}

  /** An event whose JSON stops in its middle, and which ends as events do. */
  static byte[] halved(byte[] event) {
    String text = text(event).stripTrailing();
    return bytes(text.substring(0, text.length() / 2) + "\n\n");
  }

  /** An event without the field that holds its data. */
  static byte[] withoutField(byte[] event) {
    return bytes(text(event).replace("data: ", ""));
  }

  /** What ends a stream, without its {@code [DONE]}. */
  static byte[] withoutDone(byte[] last) {
    int start = last.length - DONE.length;
    boolean ends = start >= 0 && Arrays.equals(last, start, last.length, DONE, 0, DONE.length);
    return ends ? Arrays.copyOf(last, start) : last;
  }

  /** The events of what may hold several. */
  static List<byte[]> each(byte[] events) {
    return AFTER_AN_EVENT
        .splitAsStream(text(events))
        .filter(event -> !event.isEmpty())
        .map(BadEvents::bytes)
        .toList();
  }

  private static String text(byte[] event) {
    return new String(event, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
