package dev.spillway.router.quota;

import java.time.Duration;

/**
 * So much a minute of one thing, which flows back evenly: of 60 a minute one comes back every
 * second, and never are there more than 60.
 *
 * <p>Kept as the moment at which it is full again, so that a wait is a difference: what is taken
 * moves the moment on by {@code amount x 60 s / per minute}, and whoever wants an amount waits
 * until no more than a minute less its own share is left to that moment. More than all of it is
 * given to whoever waits until it is full, and paid back by the waits after that.
 *
 * <p>Knows no clock. Not for several threads.
 */
final class Allowance {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final long perMinute;
  private long fullAt;

  /** A full one. */
  Allowance(long perMinute, long now) {
    this.perMinute = perMinute;
    this.fullAt = now;
  }

  /** How long until this much may be taken; zero for at once. */
  Duration waitFor(long amount, long now) {
    long lacking = debt(now) + cost(Math.min(amount, perMinute)) - MINUTE;
    return Duration.ofNanos(Math.max(0, lacking));
  }

  /** Takes so much, whether it is there or not; less than nothing gives back. */
  void take(long amount, long now) {
    fullAt = now + debt(now) + cost(amount);
  }

  private long debt(long now) {
    return Math.max(0, fullAt - now);
  }

  private long cost(long amount) {
    return (long) Math.ceil((double) amount * MINUTE / perMinute);
  }
}
