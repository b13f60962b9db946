package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.CompletionReading;
import dev.spillway.emulator.filter.Verdict;
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

  /** What the content filter says of all of it; of calls of tools alone it says nothing. */
  public Verdict verdict() {
    Verdict verdict = filter.atItsEnd();
    boolean callsOnly = draft.tokens().isEmpty() && !draft.calls().isEmpty();
    return callsOnly && verdict instanceof Verdict.Passed ? Verdict.SILENT : verdict;
  }
}
