package dev.spillway.emulator.model;

/**
 * How a provisioned deployment of a model weighs tokens.
 *
 * @param inputTpm tokens a minute for each PTU, were they all of prompts
 * @param outputRatio what one token of an answer weighs
 * @param longestPrompt tokens of a prompt above which it is refused, or {@link #NO_LIMIT}
 */
public record PtuWeights(int inputTpm, int outputRatio, int longestPrompt) {

  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /** For models of which the service publishes no weights: those of gpt-4o. */
  static final PtuWeights UNPUBLISHED = new PtuWeights(2_500, 4, NO_LIMIT);

  /**
   * What a request costs, in tokens of a prompt.
   *
   * @param promptTokens without those that were cached
   */
  public long cost(long promptTokens, long completionTokens) {
    return promptTokens + outputRatio * completionTokens;
  }

  public boolean isTooLong(int promptTokens) {
    return promptTokens > longestPrompt;
  }
}
