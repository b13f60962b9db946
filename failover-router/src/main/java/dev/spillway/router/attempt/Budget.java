package dev.spillway.router.attempt;

import dev.spillway.router.config.Limits;
import java.time.Duration;

/**
 * What one request may still cost.
 *
 * @param deadline in {@code nanoTime}
 * @param maxAttempts in all
 * @param ambiguousRetries how many attempts that may have been executed are followed by another
 * @param maxWait for a rest to end, in all
 */
record Budget(long deadline, int maxAttempts, int ambiguousRetries, Duration maxWait) {

  static Budget of(Limits limits, long now) {
    return new Budget(
        now + limits.timeout().toNanos(),
        limits.maxAttempts(),
        limits.retryAmbiguous().times(),
        limits.maxWait());
  }

  Duration left(long now) {
    return Duration.ofNanos(deadline - now);
  }

  boolean isOver(long now) {
    return deadline - now <= 0;
  }
}
