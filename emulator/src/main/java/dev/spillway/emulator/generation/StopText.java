package dev.spillway.emulator.generation;

import java.util.ArrayList;
import java.util.List;

/** Ends a text before the first of the texts that end one. */
final class StopText {

  private StopText() {}

  static Draft apply(Draft draft, List<String> stops) {
    String text = stops.isEmpty() ? "" : draft.text();
    int end =
        stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
    return end == text.length() ? draft : draft.saying(cut(draft.tokens(), end), FinishReason.STOP);
  }

  private static List<String> cut(List<String> tokens, int end) {
    List<String> kept = new ArrayList<>();
    int length = 0;
    for (String token : tokens) {
      if (length == end) {
        break;
      }
      kept.add(token.substring(0, Math.min(token.length(), end - length)));
      length += kept.getLast().length();
    }
    return kept;
  }
}
