package dev.spillway.simulation.world;

/** How a 429 says when to come again. */
public enum WaitForm {
  MILLIS,
  AZURE_MILLIS,
  SECONDS,
  BOTH,
  DATE,
  RESET_TOKENS,
  TEXT,
  NONE,
  ZERO,
  GARBAGE,
  /** Longer than any router shall believe. */
  ABSURD;

  /** Whether a header of its own says the wait, and nobody has to look further. */
  public boolean isExact() {
    return switch (this) {
      case MILLIS, AZURE_MILLIS, SECONDS, BOTH -> true;
      case DATE, RESET_TOKENS, TEXT, NONE, ZERO, GARBAGE, ABSURD -> false;
    };
  }
}
