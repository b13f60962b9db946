package dev.spillway.router.attempt;

import dev.spillway.router.plan.Terms;
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
  static Budget of(Terms terms, @Nullable Duration callers, long now) {
    Duration whole =
        callers != null && callers.compareTo(terms.timeout()) < 0 ? callers : terms.timeout();
    return new Budget(
        now + whole.toNanos(),
        terms.maxAttempts(),
        terms.retryAmbiguous().times(),
        terms.maxWait(),
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
