package dev.spillway.emulator.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Hashes of the prefixes of a prompt that the service caches: its first {@value #SHORTEST} tokens,
 * and every {@value #STEP} more.
 */
public final class PrefixHashes {

  private static final int SHORTEST = 1_024;
  private static final int STEP = 128;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final List<Long> all = new ArrayList<>();
  private long hash = PRIME;
  private int length;

  PrefixHashes() {}

  /** The length in tokens of the prefix at that place of the list. */
  public static int length(int index) {
    return SHORTEST + STEP * index;
  }

  void add(int token) {
    hash = (hash ^ token) * PRIME;
    hash ^= hash >>> 29;
    length++;
    if (length == length(all.size())) {
      all.add(hash);
    }
  }

  List<Long> all() {
    return List.copyOf(all);
  }
}
