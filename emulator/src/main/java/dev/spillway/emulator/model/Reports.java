package dev.spillway.emulator.model;

/** What answers of a model tell, since autumn 2026, of how they were made. */
public enum Reports {
  NOTHING,
  /** Where it ran, its service tier, and how long each part took. */
  LATENCY,
  /** The same, and how many of the prompt's tokens were put into the cache. */
  CACHE_WRITES
}
