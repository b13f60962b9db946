package dev.spillway.router.upstream;

import dev.spillway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a stream of events, whatever its pieces, and knows whether it has come to its proper end.
 * Keeps no more than the beginning of a line.
 */
public final class StreamEnd {

  private static final int KEPT = 96;
  private static final Set<String> LAST_EVENTS =
      Set.of(
          "response.completed",
          "response.incomplete",
          "response.failed",
          "response.cancelled",
          "error",
          "image_generation.completed",
          "image_edit.completed",
          "speech.audio.done",
          "transcript.text.done");

  /** How one tells that a stream is whole. */
  private enum Mark {
    DONE,
    LAST_EVENT,
    NONE
  }

  private final Mark mark;
  private final byte[] line = new byte[KEPT];
  private int length;
  private boolean blank = true;
  private boolean ended;

  private StreamEnd(Mark mark) {
    this.mark = mark;
  }

  /** The end that streams of an operation have; any end will do where there is none. */
  public static StreamEnd of(Optional<Operation> operation) {
    return new StreamEnd(
        operation
            .map(known ->
                switch (known) {
                  case CHAT_COMPLETIONS, COMPLETIONS -> Mark.DONE;
                  case RESPONSES,
                      IMAGE_GENERATIONS,
                      IMAGE_EDITS,
                      AUDIO_SPEECH,
                      AUDIO_TRANSCRIPTIONS,
                      AUDIO_TRANSLATIONS ->
                      Mark.LAST_EVENT;
                  case EMBEDDINGS -> Mark.NONE;
                })
            .orElse(Mark.NONE));
  }

  public void feed(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        endLine();
      } else if (b != '\r') {
        if (length < KEPT) {
          line[length] = b;
        }
        length++;
      }
    }
  }

  private void endLine() {
    blank = length == 0;
    if (!blank) {
      String text = new String(line, 0, Math.min(length, KEPT), StandardCharsets.ISO_8859_1);
      ended = text.startsWith("data:") ? endsWith(text.substring(5).strip()) : named(text);
    }
    length = 0;
  }

  /** A name holds for the data that follows it. */
  private boolean named(String text) {
    return text.startsWith("event:") ? LAST_EVENTS.contains(text.substring(6).strip()) : ended;
  }

  private boolean endsWith(String data) {
    return switch (mark) {
      case DONE -> data.equals("[DONE]");
      case LAST_EVENT -> ended || data.equals("[DONE]") || isLastByType(data);
      case NONE -> true;
    };
  }

  private static boolean isLastByType(String data) {
    String prefix = "{\"type\":\"";
    int end = data.startsWith(prefix) ? data.indexOf('"', prefix.length()) : -1;
    return end > 0 && LAST_EVENTS.contains(data.substring(prefix.length(), end));
  }

  /** Whether the last event was the one that ends such a stream. */
  public boolean isComplete() {
    return mark == Mark.NONE || ended || isDoneWithoutLineEnd();
  }

  private boolean isDoneWithoutLineEnd() {
    return new String(line, 0, Math.min(length, KEPT), StandardCharsets.ISO_8859_1)
        .strip()
        .equals("data: [DONE]");
  }

  /** Whether every event so far has its closing blank line. */
  public boolean isBetweenEvents() {
    return blank && length == 0;
  }
}
