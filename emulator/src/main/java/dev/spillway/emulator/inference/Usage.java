package dev.spillway.emulator.inference;

/**
 * Tokens as billed.
 *
 * @param cachedTokens those of the prompt that were cached
 * @param cacheWriteTokens those of the prompt that were not, and are now
 * @param details of the completion
 */
public record Usage(
    int promptTokens,
    int cachedTokens,
    int cacheWriteTokens,
    int completionTokens,
    CompletionDetails details) {

  /** Of an answer that was written without reasoning. */
  public Usage(int promptTokens, int cachedTokens, int cacheWriteTokens, int completionTokens) {
    this(promptTokens, cachedTokens, cacheWriteTokens, completionTokens, CompletionDetails.NONE);
  }

  Usage withCompletionTokens(int other) {
    return new Usage(promptTokens, cachedTokens, cacheWriteTokens, other, details);
  }

  public int uncachedPromptTokens() {
    return promptTokens - cachedTokens;
  }

  public int totalTokens() {
    return promptTokens + completionTokens;
  }
}
