package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.CompletionReading;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.FinishReason;

/**
 * One of an answer's completions.
 *
 * @param draft its text, as far as the content filter let it come
 * @param filter what the content filter says of it
 */
public record Choice(Draft draft, CompletionReading filter) {

  /** Whether the content filter ended it. */
  public boolean blocked() {
    return draft.finishReason() == FinishReason.CONTENT_FILTER;
  }
}
