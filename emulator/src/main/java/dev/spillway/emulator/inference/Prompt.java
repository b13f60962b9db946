package dev.spillway.emulator.inference;

import java.util.List;

/**
 * A prompt as one deployment sees it.
 *
 * @param tokens all of it
 * @param cachedTokens those at its beginning that the deployment has lately seen
 * @param prefixes the beginnings that it will remember
 */
record Prompt(int tokens, int cachedTokens, List<Long> prefixes) {

  int uncachedTokens() {
    return tokens - cachedTokens;
  }
}
