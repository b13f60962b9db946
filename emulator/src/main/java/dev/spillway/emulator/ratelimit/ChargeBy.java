package dev.spillway.emulator.ratelimit;

/** Which estimate the token limit is charged with. */
public enum ChargeBy {
  /** The one the documentation describes. */
  DOCUMENTED,
  /** The one that captures of real headers show, by wire profile and model class. */
  MEASURED
}
