package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import java.time.Duration;

/**
 * How a limit renews.
 *
 * @param shape in one step, continuously, or as calls leave a sliding window
 * @param period the window's length
 */
record WindowRule(Shape shape, Duration period) {

  enum Shape {
    /** All of it comes back at once, a period after the first charge. */
    TUMBLING,
    /** It comes back evenly, all of it within a period. */
    CONTINUOUS,
    /** Each charge comes back a period after it was made. */
    SLIDING
  }

  static final WindowRule TUMBLING_MINUTE = new WindowRule(Shape.TUMBLING, Duration.ofMinutes(1));
  static final WindowRule CONTINUOUS_MINUTE =
      new WindowRule(Shape.CONTINUOUS, Duration.ofMinutes(1));
  static final WindowRule SLIDING_TEN_SECONDS =
      new WindowRule(Shape.SLIDING, Duration.ofSeconds(10));

  /** How much of a limit a minute falls to one window, rounded up. */
  Limit share(Limit perMinute) {
    return perMinute.isUnlimited()
        ? perMinute
        : Limit.of(Math.ceilDiv(perMinute.count() * period.toSeconds(), 60L));
  }
}
