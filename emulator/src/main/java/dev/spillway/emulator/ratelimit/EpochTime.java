package dev.spillway.emulator.ratelimit;

import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A time whose nanoseconds count from 1970, so that several processes mean the same by them. */
record EpochTime(TimeSource time) implements TimeSource {

  @Override
  public long nanoTime() {
    Instant now = time.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }
}
