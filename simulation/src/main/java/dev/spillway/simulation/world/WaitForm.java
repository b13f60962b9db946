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
  ABSURD
}
