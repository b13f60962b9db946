package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/** The letters of {@code obfuscation}, which pad a chunk to a multiple of {@value #MULTIPLE}. */
final class ChatPadding {

  private static final int MULTIPLE = 16;

  /**
   * The length that they start from, without and with {@code usage}, for each kind of chunk;
   * counted in captures of 2026.
   */
  enum Kind {
    FIRST(14, 6),
    CONTENT(16, 8),
    LAST(10, 2),
    USAGE(0, 7),
    USAGE_WITH_REPORT(0, 0);

    private final int plain;
    private final int withUsage;

    Kind(int plain, int withUsage) {
      this.plain = plain;
      this.withUsage = withUsage;
    }
  }

  private final SplittableRandom random;
  private final boolean wanted;
  private final boolean withUsage;

  ChatPadding(SplittableRandom random, boolean wanted, boolean withUsage) {
    this.random = random;
    this.wanted = wanted;
    this.withUsage = withUsage;
  }

  boolean isWanted() {
    return wanted;
  }

  /** Null where there are none. */
  @Nullable String letters(Kind kind, int contentLength) {
    if (!wanted) {
      return null;
    }
    int from = withUsage ? kind.withUsage : kind.plain;
    return CallSeed.letters(random, Math.floorMod(from - contentLength, MULTIPLE));
  }

  /** How long a text is in JSON. */
  static int escapedLength(String text) {
    return new SerializedString(text).asQuotedChars().length;
  }
}
