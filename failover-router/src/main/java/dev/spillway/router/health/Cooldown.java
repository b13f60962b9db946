package dev.spillway.router.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Until when a quota rests: {@code until = max(until, now + wait)}, so that a later, shorter wait
 * never shortens an existing rest. In {@code nanoTime}, which no change of the wall clock moves.
 */
final class Cooldown {

  private final AtomicLong until;

  Cooldown(long now) {
    this.until = new AtomicLong(now);
  }

  void rest(Duration wait, long now) {
    until.accumulateAndGet(now + wait.toNanos(), (a, b) -> a - b >= 0 ? a : b);
  }

  void end(long now) {
    until.set(now);
  }

  /** What is left, in nanoseconds; zero or less when it is over. */
  long left(long now) {
    return until.get() - now;
  }
}
