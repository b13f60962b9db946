package dev.spillway.router.health;

import java.time.Duration;

/**
 * What has been concluded about a backend from its failures: benched for {@code 1 s x 2^n}, at most
 * 60 s, after three failures in a row, or after a single one when it could not be reached.
 *
 * @param failuresInRow since its last success
 * @param benches since its last success
 */
record Standing(int failuresInRow, int benches, long benchedUntil, long quarantinedUntil) {

  private static final int FAILURES_BEFORE_BENCH = 3;
  private static final Duration FIRST_BENCH = Duration.ofSeconds(1);
  private static final Duration LONGEST_BENCH = Duration.ofSeconds(60);
  private static final Duration QUARANTINE = Duration.ofSeconds(60);
  private static final int DOUBLINGS = 6;

  static Standing clean(long now) {
    return new Standing(0, 0, now, now);
  }

  boolean isClean(long now) {
    return failuresInRow == 0 && quarantinedUntil - now <= 0 && benchedUntil - now <= 0;
  }

  Standing failed(long now) {
    Standing counted = new Standing(failuresInRow + 1, benches, benchedUntil, quarantinedUntil);
    return counted.failuresInRow < FAILURES_BEFORE_BENCH ? counted : counted.benched(now);
  }

  Standing unreachable(long now) {
    return new Standing(failuresInRow + 1, benches, benchedUntil, quarantinedUntil).benched(now);
  }

  Standing quarantined(long now) {
    return new Standing(failuresInRow, benches, benchedUntil, now + QUARANTINE.toNanos());
  }

  private Standing benched(long now) {
    long nanos = FIRST_BENCH.toNanos() << Math.min(benches, DOUBLINGS);
    long until = now + Math.min(nanos, LONGEST_BENCH.toNanos());
    return new Standing(failuresInRow, benches + 1, until, quarantinedUntil);
  }
}
