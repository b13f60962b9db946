package dev.spillway.time;

import org.jspecify.annotations.Nullable;

/** A simulation did not come to its end. */
public final class SimulationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long seed;

  SimulationException(long seed, String message, @Nullable Throwable cause) {
    super("seed " + seed + ": " + message, cause);
    this.seed = seed;
  }

  /** What runs it again. */
  public long seed() {
    return seed;
  }
}
