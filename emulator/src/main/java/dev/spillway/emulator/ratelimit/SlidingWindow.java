package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * An exact sliding window, for limits of a few thousand: it remembers the time of every charge.
 *
 * <p>No token bucket can do this: a full one lets nearly twice its limit through in one window.
 */
final class SlidingWindow implements LimitWindow {

  private final long periodNanos;
  private final TimeSource time;
  private final ArrayDeque<Long> charges = new ArrayDeque<>();
  private Limit limit;

  SlidingWindow(Limit limit, Duration period, TimeSource time) {
    this.limit = limit;
    this.periodNanos = period.toNanos();
    this.time = time;
  }

  @Override
  public boolean has(long amount) {
    return amount <= remaining();
  }

  @Override
  public boolean charge(long amount) {
    if (!has(amount)) {
      return false;
    }
    long now = time.nanoTime();
    for (long i = 0; i < amount; i++) {
      charges.addLast(now);
    }
    return true;
  }

  @Override
  public long nanosUntil(long amount) {
    if (amount > limit.count()) {
      return NEVER;
    }
    long now = forgetThePast();
    long mustLeave = charges.size() + amount - limit.count();
    return mustLeave <= 0 ? 0 : nth(mustLeave) + periodNanos - now;
  }

  @Override
  public long remaining() {
    long unused = forgetThePast();
    return Math.max(0, limit.count() - charges.size());
  }

  @Override
  public long nanosUntilFull() {
    long now = forgetThePast();
    return charges.isEmpty() ? 0 : charges.getLast() + periodNanos - now;
  }

  /** What leaves it does not depend on its size, so neither does the moment of a change. */
  @Override
  public void resize(Limit newLimit, long nanosAgo) {
    limit = newLimit;
  }

  @Override
  public void forget() {
    charges.clear();
  }

  private long forgetThePast() {
    long now = time.nanoTime();
    while (!charges.isEmpty() && now - charges.getFirst() >= periodNanos) {
      charges.removeFirst();
    }
    return now;
  }

  private long nth(long n) {
    return charges.stream().skip(n - 1).findFirst().orElseThrow();
  }
}
