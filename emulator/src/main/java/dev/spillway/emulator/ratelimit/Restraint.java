package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of its limits a Standard deployment has, and until when.
 *
 * @param percent 100 where nothing is taken from it
 * @param endNanos when it has all of them again; means nothing with 100
 */
record Restraint(int percent, long endNanos) {

  static final Restraint NONE = new Restraint(100, 0);

  static Restraint of(int percent, Duration lasting, TimeSource time) {
    return new Restraint(percent, time.nanoTime() + lasting.toNanos());
  }

  /** Rounded up, so that a deployment that let anything in still does. */
  Limit of(Limit whole) {
    return whole.percent(percent);
  }

  /** For how long it has been over; below 0 while it is not. */
  long nanosOver(TimeSource time) {
    return percent == 100 ? -1 : time.nanoTime() - endNanos;
  }

  @Nullable Reduction read(TimeSource time) {
    return percent == 100
        ? null
        : new Reduction(percent, Duration.ofNanos(Math.max(0, -nanosOver(time))));
  }
}
