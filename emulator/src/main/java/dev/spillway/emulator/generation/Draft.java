package dev.spillway.emulator.generation;

import java.util.List;

/** An answer's text, token by token, and why it ends. */
public record Draft(List<String> tokens, FinishReason finishReason) {

  public String text() {
    return String.join("", tokens);
  }

  /** The same, ended by the content filter with the token in which so many characters are full. */
  public Draft cutAt(int characters) {
    int kept = 0;
    for (int length = 0; length < characters && kept < tokens.size(); kept++) {
      length += tokens.get(kept).length();
    }
    return new Draft(List.copyOf(tokens.subList(0, kept)), FinishReason.CONTENT_FILTER);
  }
}
