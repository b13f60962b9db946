package dev.spillway.router.lookahead;

import java.time.Duration;

/**
 * One limit of a deployment as we believe it to stand: what we have charged, put right by what the
 * service says is left.
 *
 * <p>An answer tells what was in use when its request arrived: {@code correction = in use by the
 * answer - in use as we believed when we sent it}. What has been sent in the meantime stays charged
 * on top, so that requests in flight count although the service has not told of them yet.
 *
 * <p>Not safe for several threads; {@link Account} sees to that.
 */
final class Window {

  /** The longest time that a request is taken to need from here to the counter. */
  private static final long LONGEST_WAY = Duration.ofMillis(500).toNanos();

  /** A charge, and what the window looked like right after it. */
  final class Charged {

    private final double amount;
    private final long at;
    private final double usedAfter;
    private final double correctionsBefore;
    private final double overlapping;
    private final long generation;
    private final boolean first;
    private final long untilFull;
    private final double cameBackBefore;
    private final double justBefore;

    private Charged(double amount, long at, boolean first) {
      this.amount = amount;
      this.at = at;
      this.usedAfter = tally.used(at);
      this.correctionsBefore = corrections;
      this.overlapping = pending - amount;
      this.generation = tally.generation(at);
      this.first = first;
      this.cameBackBefore = tally.cameBackOneByOne(at);
      this.untilFull = tally.nanosUntil(0, at);
      this.justBefore = recent.within(LONGEST_WAY, at);
      recent.add(amount, at);
    }

    /** Whether it found a window in which nothing was in use, and which has not ended yet. */
    boolean beganTheWindow(long now) {
      return first && isCurrent(now);
    }

    boolean isOf(Window window) {
      return window == Window.this;
    }

    /** An answer has come for it, or never will. */
    void settled(long now) {
      pending = Math.max(0, pending - amount);
      long way = Math.clamp(now - at, 0, LONGEST_WAY);
      tally.arrivedWithin(way);
      if (first && isCurrent(now)) {
        tally.beganLaterBy(way);
      }
    }

    /**
     * It was let in. Where that was not expected of a window that was about to end by our clock, it
     * has ended already by the service's, and this charge has begun the next.
     */
    void admitted(long now) {
      if (usedAfter > limit && untilFull <= LONGEST_WAY && tally instanceof Tally.Tumbling it) {
        double before = it.used(now);
        long arrived = at + Math.clamp(now - at, 0, LONGEST_WAY);
        it.beganWith(amount, Math.max(0, before - usedAfter), arrived, now);
        corrections += it.used(now) - before;
      }
    }

    /** It was never charged. */
    void refund(long now) {
      if (isCurrent(now)) {
        double before = tally.used(now);
        tally.takeBack(amount, at, now);
        corrections += tally.used(now) - before;
      }
    }

    /** From now on the service counts so much more for it, or less. */
    void adjust(double difference, long now) {
      if (isCurrent(now)) {
        tally.correct(difference, now);
      }
    }

    /**
     * The service has told how much was in use right after it was charged, or refused.
     *
     * @param rounded how much less it may have been, since what is left is told in whole numbers
     */
    void told(double used, double rounded, long now) {
      if (!isCurrent(now)) {
        return;
      }
      if (at - lastToldOf >= 0) {
        if (used + overlapping < lastTold) {
          tally.restarted(at); // within one window it only grows
        }
        lastTold = used;
        lastToldOf = at;
      }
      double difference = used - usedAfter - (corrections - correctionsBefore);
      boolean even = tally instanceof Tally.Continuous;
      if (difference < 0) {
        correct(Math.min(0, difference + doubt(now)), now);
      } else if (!even || difference >= rounded) {
        correct(difference, now);
      }
    }

    /**
     * How much less than we believed may be told although we were right: what has come back while
     * the request was under way, and where that is evenly, those that were sent just before and
     * came later.
     */
    private double doubt(long now) {
      return tally instanceof Tally.Continuous continuous
          ? continuous.comesBackIn(Math.clamp(now - at, 0, LONGEST_WAY)) + justBefore
          : tally.cameBackOneByOne(now) - cameBackBefore;
    }

    private boolean isCurrent(long now) {
      return generation == tally.generation(now);
    }
  }

  private final Tally tally;
  private double limit;
  private double corrections;
  private double pending;
  private final Recent recent = new Recent();
  private double lastTold;
  private long lastToldOf;

  Window(double limit, Tally tally, long now) {
    this.limit = limit;
    this.tally = tally;
    this.lastToldOf = now;
  }

  double limit() {
    return limit;
  }

  /** The limit is another; what is in use stays in use. */
  void resize(double newLimit, long now) {
    if (newLimit != limit) {
      limit = newLimit;
      tally.resized(newLimit, now);
    }
  }

  double used(long now) {
    return tally.used(now);
  }

  double left(long now) {
    return limit - tally.used(now);
  }

  /** Nanoseconds until so much is left; for more than there ever is, until nothing is in use. */
  long nanosUntilLeft(double amount, long now) {
    return tally.nanosUntil(Math.max(0, limit - amount), now);
  }

  /** Nanoseconds until nothing is in use. */
  long nanosUntilFull(long now) {
    return tally.nanosUntil(0, now);
  }

  Charged charge(double amount, long now) {
    boolean first = tally.used(now) <= 0;
    tally.add(amount, now);
    pending += amount;
    return new Charged(amount, now, first);
  }

  /** It was refused although there seemed to be room: nothing is left until it may come again. */
  void contradicted(double amount, Duration wait, long now) {
    double inUse = tally.used(now);
    switch (tally) {
      case Tally.Tumbling tumbling -> {
        correct(Math.max(0, limit - inUse), now);
        tumbling.endsIn(wait.toNanos(), now);
      }
      case Tally.Continuous continuous ->
          correct(
              Math.max(0, limit - amount + continuous.comesBackIn(wait.toNanos()) - inUse), now);
      case Tally.Sliding sliding -> {}
    }
  }

  private void correct(double difference, long now) {
    double before = tally.used(now);
    tally.correct(difference, now);
    corrections += tally.used(now) - before;
  }
}
