package dev.spillway.router.health;

import java.time.Duration;

/**
 * What has been concluded about a backend from its failures: benched for {@code 1 s x 2^n}, at most
 * 60 s, after three failures in a row, or after a single one when it could not be reached.
 *
 * @param failuresInRow since its last success
 * @param benches since its last success
 * @param rejected whether it has refused our key, or did not know its deployment, since then
 */
record Standing(
    int failuresInRow, int benches, long benchedUntil, boolean rejected, long quarantinedUntil) {

  private static final int FAILURES_BEFORE_BENCH = 3;
  private static final Duration FIRST_BENCH = Duration.ofSeconds(1);
  private static final Duration LONGEST_BENCH = Duration.ofSeconds(60);
  private static final Duration QUARANTINE = Duration.ofSeconds(60);
  private static final int DOUBLINGS = 6;

  static Standing clean(long now) {
    return new Standing(0, 0, now, false, now);
  }

  boolean isClean() {
    return failuresInRow == 0 && !isDoubted();
  }

  /** Whether it has been benched or quarantined, and has not answered well since. */
  boolean isDoubted() {
    return benches > 0 || rejected;
  }

  Standing failed(long now) {
    Standing counted = oneMoreFailure();
    boolean benches = counted.failuresInRow >= FAILURES_BEFORE_BENCH || isDoubted();
    return benches ? counted.benched(now) : counted;
  }

  Standing unreachable(long now) {
    return oneMoreFailure().benched(now);
  }

  Standing quarantined(long now) {
    return new Standing(failuresInRow, benches, benchedUntil, true, now + QUARANTINE.toNanos());
  }

  private Standing oneMoreFailure() {
    return new Standing(failuresInRow + 1, benches, benchedUntil, rejected, quarantinedUntil);
  }

  private Standing benched(long now) {
    long nanos = FIRST_BENCH.toNanos() << Math.min(benches, DOUBLINGS);
    long until = now + Math.min(nanos, LONGEST_BENCH.toNanos());
    return new Standing(failuresInRow, benches + 1, until, rejected, quarantinedUntil);
  }
}
