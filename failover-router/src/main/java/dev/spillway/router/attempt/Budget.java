package dev.spillway.router.attempt;

import dev.spillway.router.config.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one request may still cost.
 *
 * @param deadline in {@code nanoTime}
 * @param maxAttempts in all
 * @param ambiguousRetries how many attempts that may have been executed are followed by another
 * @param maxWait for a rest to end, in all
 * @param mayRetry whether there is something left of what all requests may retry
 */
record Budget(
    long deadline, int maxAttempts, int ambiguousRetries, Duration maxWait, boolean mayRetry) {

  /**
   * The budget of a request that begins.
   *
   * @param callers how long the caller waits; null when it does not say
   */
  static Budget of(Limits limits, @Nullable Duration callers, long now) {
    Duration whole =
        callers != null && callers.compareTo(limits.timeout()) < 0 ? callers : limits.timeout();
    return new Budget(
        now + whole.toNanos(),
        limits.maxAttempts(),
        limits.retryAmbiguous().times(),
        limits.maxWait(),
        true);
  }

  Budget with(boolean retries) {
    return new Budget(deadline, maxAttempts, ambiguousRetries, maxWait, retries);
  }

  Duration left(long now) {
    return Duration.ofNanos(deadline - now);
  }

  boolean isOver(long now) {
    return deadline - now <= 0;
  }
}
