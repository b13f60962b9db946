package dev.spillway.router.lookahead;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * What has been charged and has not come back yet. How it comes back is what the kinds differ in.
 *
 * <p>Not safe for several threads; {@link Account} sees to that.
 */
sealed interface Tally {

  /** What is in use. */
  double used(long now);

  void add(double amount, long now);

  /** More, or less, was in use all along. */
  void correct(double difference, long now);

  /**
   * How much has come back by and by since this began; 0 where all of it comes at once or evenly.
   */
  default double cameBackOneByOne(long now) {
    return 0;
  }

  /** Nanoseconds until no more than so much is in use, when nothing is added. */
  long nanosUntil(double used, long now);

  /** Counts the windows; what was charged in another one says nothing about this one. */
  long generation(long now);

  /** What was added at a moment was never charged. */
  default void takeBack(double amount, long at, long now) {
    correct(-amount, now);
  }

  /** A request took no longer than this to the service. */
  default void arrivedWithin(long nanos) {}

  /** The service's window began so much later than ours, since a request takes its time to it. */
  default void beganLaterBy(long nanos) {}

  /** The limit is another from now on. */
  default void resized(double limit, long now) {}

  /** The service's window has begun anew at this moment. */
  default void restarted(long at) {}

  /**
   * All of it comes back at once, a period after the first charge that found nothing in use:
   * tokens, and requests of newer models.
   */
  final class Tumbling implements Tally {

    private final long period;
    private double used;
    private long begin;
    private long generation;

    Tumbling(Duration period) {
      this.period = period.toNanos();
    }

    @Override
    public double used(long now) {
      if (used > 0 && now - begin >= period) {
        used = 0;
        generation++;
      }
      return used;
    }

    @Override
    public void add(double amount, long now) {
      if (used(now) <= 0) {
        begin = now;
      }
      used += amount;
    }

    @Override
    public void correct(double difference, long now) {
      if (used(now) <= 0) {
        begin = now;
      }
      used = Math.max(0, used + difference);
    }

    @Override
    public long nanosUntil(double atMost, long now) {
      return used(now) <= atMost ? 0 : begin + period - now;
    }

    @Override
    public long generation(long now) {
      double unused = used(now);
      return generation;
    }

    @Override
    public void beganLaterBy(long nanos) {
      begin += nanos;
    }

    @Override
    public void restarted(long at) {
      begin = at;
    }

    /** A window has begun anew with a charge that we took for one of the window before. */
    void beganWith(double amount, double since, long at, long now) {
      boolean rolled = used(now) <= 0 || begin - at > 0;
      begin = rolled && used > 0 ? Math.min(begin, at) : at;
      used = rolled ? used + amount : amount + since;
    }

    void endsIn(long nanos, long now) {
      begin = now + nanos - period;
    }
  }

  /** It comes back evenly: tokens and requests since 2026, and provisioned throughput. */
  final class Continuous implements Tally {

    private final long period;
    private double perNano;
    private double used;
    private long at;

    /**
     * An empty one.
     *
     * @param perPeriod how much comes back in a period
     */
    Continuous(double perPeriod, Duration period, long now) {
      this.period = period.toNanos();
      this.perNano = perPeriod / this.period;
      this.at = now;
    }

    @Override
    public void resized(double perPeriod, long now) {
      double unused = used(now);
      perNano = perPeriod / period;
    }

    @Override
    public double used(long now) {
      if (now - at > 0) { // of two threads the later one may have looked at its clock first
        used = Math.max(0, used - perNano * (now - at));
        at = now;
      }
      return used;
    }

    /** Nothing had come back of it before. */
    @Override
    public void beganLaterBy(long nanos) {
      used += perNano * nanos;
    }

    double comesBackIn(long nanos) {
      return perNano * nanos;
    }

    @Override
    public void add(double amount, long now) {
      used = used(now) + amount;
    }

    @Override
    public void correct(double difference, long now) {
      used = Math.max(0, used(now) + difference);
    }

    @Override
    public long nanosUntil(double atMost, long now) {
      double surplus = Math.max(0, used(now) - Math.max(0, atMost));
      return (long) Math.ceil(surplus / perNano);
    }

    @Override
    public long generation(long now) {
      return 0;
    }
  }

  /**
   * Each request comes back a period after it was made: the ten seconds of older models. It was
   * made when it arrived, so that all are kept for as much longer as the slowest may have taken.
   */
  final class Sliding implements Tally {

    private final long period;
    private final ArrayDeque<Long> made = new ArrayDeque<>();
    private long way;
    private long cameBack;

    Sliding(Duration period) {
      this.period = period.toNanos();
    }

    @Override
    public double used(long now) {
      while (!made.isEmpty() && now - made.getFirst() >= period + way) {
        made.removeFirst();
        cameBack++;
      }
      return made.size();
    }

    @Override
    public void add(double amount, long now) {
      for (long i = Math.round(amount); i > 0; i--) {
        made.addLast(now);
      }
    }

    @Override
    public void correct(double difference, long now) {
      add(difference, now);
      for (long i = Math.round(difference); i < 0 && !made.isEmpty(); i++) {
        made.removeFirst(); // which the service has let go before
      }
    }

    @Override
    public double cameBackOneByOne(long now) {
      double unused = used(now);
      return cameBack;
    }

    @Override
    public void takeBack(double amount, long at, long now) {
      if (!made.removeLastOccurrence(at)) {
        correct(-amount, now);
      }
    }

    @Override
    public void arrivedWithin(long nanos) {
      way = Math.max(way, nanos);
    }

    @Override
    public long nanosUntil(double atMost, long now) {
      long mustLeave = Math.round(used(now) - Math.max(0, atMost));
      return mustLeave <= 0
          ? 0
          : made.stream().skip(mustLeave - 1).findFirst().orElseThrow() + period + way - now;
    }

    @Override
    public long generation(long now) {
      return 0;
    }
  }
}
