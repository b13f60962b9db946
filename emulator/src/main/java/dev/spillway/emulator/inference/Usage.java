package dev.spillway.emulator.inference;

/**
 * Tokens as billed.
 *
 * @param cachedTokens those of the prompt that were cached
 * @param cacheWriteTokens those of the prompt that were not, and are now
 */
public record Usage(
    int promptTokens, int cachedTokens, int cacheWriteTokens, int completionTokens) {

  Usage withCompletionTokens(int other) {
    return new Usage(promptTokens, cachedTokens, cacheWriteTokens, other);
  }

  public int uncachedPromptTokens() {
    return promptTokens - cachedTokens;
  }

  public int totalTokens() {
    return promptTokens + completionTokens;
  }
}
