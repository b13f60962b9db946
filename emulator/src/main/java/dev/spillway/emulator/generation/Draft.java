package dev.spillway.emulator.generation;

import java.util.List;

/** An answer's text, token by token, and why it ends. */
public record Draft(List<String> tokens, FinishReason finishReason) {

  public String text() {
    return String.join("", tokens);
  }
}
