package dev.spillway.emulator.inference;

import dev.spillway.emulator.tokenizer.PrefixHashes;
import java.util.List;

/**
 * A prompt as one deployment sees it.
 *
 * @param tokens all of it
 * @param longestInput of the texts that it is made of, where each stands for itself
 * @param cachedTokens those at its beginning that the deployment has lately seen
 * @param prefixes the beginnings that it will remember
 */
record Prompt(int tokens, int longestInput, int cachedTokens, List<Long> prefixes) {

  /** A prompt that is one. */
  Prompt(int tokens, int cachedTokens, List<Long> prefixes) {
    this(tokens, tokens, cachedTokens, prefixes);
  }

  /** Those that are cached from now on and were not. */
  int cacheWriteTokens() {
    int cacheable = prefixes.isEmpty() ? 0 : PrefixHashes.length(prefixes.size() - 1);
    return Math.max(0, cacheable - cachedTokens);
  }

  int uncachedTokens() {
    return tokens - cachedTokens;
  }
}
