package dev.spillway.router.health;

import java.time.Duration;

/**
 * How much of its share a backend gets after it has recovered: a tenth at first, and all of it when
 * the ramp is over.
 *
 * @param ramp zero for none
 */
public record SlowStart(Duration ramp) {

  private static final double AT_FIRST = 0.1;

  double share(long sinceRecovery) {
    return sinceRecovery >= ramp.toNanos()
        ? 1
        : Math.max(AT_FIRST, (double) sinceRecovery / ramp.toNanos());
  }
}
