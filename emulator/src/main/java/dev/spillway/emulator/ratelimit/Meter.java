package dev.spillway.emulator.ratelimit;

import dev.spillway.time.TimeSource;
import io.github.bucket4j.TimeMeter;

/** Bucket4j's view of our time, which can look ahead and back. */
final class Meter implements TimeMeter {

  private final TimeSource time;
  private long ahead;

  Meter(TimeSource time) {
    this.time = time;
  }

  @Override
  public long currentTimeNanos() {
    return time.nanoTime() + ahead;
  }

  @Override
  public boolean isWallClockBased() {
    return time instanceof EpochTime;
  }

  /** Whatever is asked until then sees a later time, or below 0 an earlier one. */
  void lookAhead(long nanos) {
    ahead = nanos;
  }
}
