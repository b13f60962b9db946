package dev.spillway.router.lookahead;

import java.time.Duration;

/**
 * A limit that nobody tells, by what is left of it. The first request of a window shows all of it,
 * more or less than before; any other shows that it is at least so much.
 *
 * <p>Somebody else may have used a part of what looked like a fresh window, so that it is believed
 * to be less than the most ever seen for two minutes and no longer.
 */
final class Guess {

  private static final long BELIEVED = Duration.ofMinutes(2).toNanos();

  private long most;
  private long last;
  private long lastAt;

  /**
   * Learns from an answer.
   *
   * @param seen what was left and what its request had taken
   * @param fresh whether its request was the first of a window
   */
  void learn(long seen, boolean fresh, long now) {
    long known = of(now);
    last = fresh ? seen : Math.max(known, seen);
    lastAt = now;
    most = Math.max(most, seen);
  }

  long of(long now) {
    return now - lastAt <= BELIEVED ? last : most;
  }
}
