package dev.spillway.emulator.ratelimit;

import java.util.ArrayList;
import java.util.List;

/**
 * Limits over time as their definitions read, slowly and without any library: what the real windows
 * are measured against. Times are nanoseconds.
 */
sealed interface NaiveWindow {

  long remaining(long now);

  void charge(long now, long amount);

  /** Until so much is there; {@link LimitWindow#NEVER} where it never is. */
  long wait(long now, long amount);

  long waitUntilFull(long now);

  void resize(long now, long newLimit);

  /** All of it comes back a period after the first charge. */
  final class Tumbling implements NaiveWindow {
    private final long period;
    private long limit;
    private long charged;
    private long end;

    Tumbling(long limit, long period) {
      this.limit = limit;
      this.period = period;
    }

    @Override
    public long remaining(long now) {
      return limit - charged(now);
    }

    @Override
    public void charge(long now, long amount) {
      if (charged(now) == 0) {
        end = now + period;
      }
      charged += amount;
    }

    @Override
    public long wait(long now, long amount) {
      if (amount > limit) {
        return LimitWindow.NEVER;
      }
      return amount <= remaining(now) ? 0 : end - now;
    }

    @Override
    public long waitUntilFull(long now) {
      return charged(now) == 0 ? 0 : end - now;
    }

    @Override
    public void resize(long now, long newLimit) {
      charged = Math.min(charged(now), newLimit);
      limit = newLimit;
    }

    private long charged(long now) {
      if (now >= end) {
        charged = 0;
      }
      return charged;
    }
  }

  /**
   * It comes back evenly. What is missing is kept in tokens times the period, so that it is exact.
   */
  final class Continuous implements NaiveWindow {
    private final long period;
    private long limit;
    private long missing;
    private long seen;

    Continuous(long limit, long period, long now) {
      this.limit = limit;
      this.period = period;
      this.seen = now;
    }

    @Override
    public long remaining(long now) {
      return limit - Math.ceilDiv(missing(now), period);
    }

    @Override
    public void charge(long now, long amount) {
      missing = missing(now) + Math.multiplyExact(amount, period);
    }

    @Override
    public long wait(long now, long amount) {
      if (amount > limit) {
        return LimitWindow.NEVER;
      }
      long mayMiss = Math.multiplyExact(limit - amount, period);
      return limit == 0 ? 0 : Math.max(0, Math.ceilDiv(missing(now) - mayMiss, limit));
    }

    @Override
    public long waitUntilFull(long now) {
      return wait(now, limit);
    }

    /** Whole tokens up to the new limit; the part of the next one that is back stays back. */
    @Override
    public void resize(long now, long newLimit) {
      long whole = Math.ceilDiv(missing(now), period);
      long back = whole * period - missing;
      missing = Math.max(0, Math.multiplyExact(Math.min(whole, newLimit), period) - back);
      limit = newLimit;
    }

    private long missing(long now) {
      long passed = Math.min(now - seen, period);
      seen = now;
      missing = Math.max(0, missing - Math.multiplyExact(limit, passed));
      return missing;
    }
  }

  /** Each charge of one comes back a period after it was made. */
  final class Sliding implements NaiveWindow {
    private final long period;
    private final List<Long> charges = new ArrayList<>();
    private long limit;

    Sliding(long limit, long period) {
      this.limit = limit;
      this.period = period;
    }

    @Override
    public long remaining(long now) {
      return Math.max(0, limit - held(now));
    }

    @Override
    public void charge(long now, long amount) {
      for (long i = 0; i < amount; i++) {
        charges.add(now);
      }
    }

    @Override
    public long wait(long now, long amount) {
      if (amount > limit) {
        return LimitWindow.NEVER;
      }
      return amount <= remaining(now)
          ? 0
          : charges.stream()
                  .mapToLong(at -> at + period)
                  .filter(end -> end > now && held(end) + amount <= limit)
                  .min()
                  .orElseThrow(() -> new AssertionError("room comes when a charge leaves"))
              - now;
    }

    @Override
    public long waitUntilFull(long now) {
      return charges.stream().mapToLong(at -> Math.max(0, at + period - now)).max().orElse(0);
    }

    @Override
    public void resize(long now, long newLimit) {
      limit = newLimit;
    }

    private long held(long now) {
      return charges.stream().filter(at -> now < at + period).count();
    }
  }
}
