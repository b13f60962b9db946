package dev.spillway.router.backend;

import dev.spillway.router.auth.Priority;

/**
 * How much of a deployment may be in use before a caller's requests go to the next one, in percent.
 */
public record SpillAt(double high, double normal, double low) {

  /** Only when it would refuse. */
  public static final SpillAt NEVER =
      new SpillAt(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final double LOW_SHARE = 2.0 / 3;

  /**
   * One figure for everybody: callers of high priority use the deployment up, those of low priority
   * leave a third of what the others may use.
   */
  public static SpillAt of(double percent) {
    return new SpillAt(Double.POSITIVE_INFINITY, percent, percent * LOW_SHARE);
  }

  public double of(Priority priority) {
    return switch (priority) {
      case HIGH -> high;
      case NORMAL -> normal;
      case LOW -> low;
    };
  }
}
