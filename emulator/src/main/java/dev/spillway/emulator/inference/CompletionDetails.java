package dev.spillway.emulator.inference;

import dev.spillway.emulator.generation.Draft;

/**
 * Of what kinds a completion's tokens are.
 *
 * @param reasoning what was thought and is not shown
 * @param accepted those of a prediction that are in the answer
 * @param rejected those of a prediction that are not
 */
public record CompletionDetails(int reasoning, int accepted, int rejected) {

  static final CompletionDetails NONE = new CompletionDetails(0, 0, 0);

  CompletionDetails and(Draft draft) {
    return new CompletionDetails(
        reasoning + draft.reasoningTokens(),
        accepted + draft.prediction().accepted(),
        rejected + draft.prediction().rejected());
  }
}
