package dev.spillway.emulator.ratelimit;

import dev.spillway.time.TimeSource;
import java.time.Duration;

/**
 * What a deployment's callers suffer for not waiting.
 *
 * <p>A request refused for the number of requests has a wait. One that comes before it is over has
 * every request refused until the window would be full, and for one more of its length: a minute's
 * reset grows from up to 60 seconds to up to 120. Whoever goes on then does not prolong it.
 *
 * <p>Not safe for several threads; {@link DeploymentLimiter} sees to that.
 */
final class AbusePenalty {

  /** A moment that lies ahead, or has passed. */
  private static final class Deadline {
    private final TimeSource time;
    private long nanos;
    private boolean set;

    Deadline(TimeSource time) {
      this.time = time;
    }

    void in(long fromNow) {
      nanos = time.nanoTime() + fromNow;
      set = true;
    }

    long left() {
      set &= nanos - time.nanoTime() > 0;
      return set ? nanos - time.nanoTime() : 0;
    }

    void forget() {
      set = false;
    }
  }

  private final boolean exists;
  private final Deadline wait;
  private final Deadline end;

  AbusePenalty(boolean exists, TimeSource time) {
    this.exists = exists;
    this.wait = new Deadline(time);
    this.end = new Deadline(time);
  }

  boolean isActive() {
    return nanosLeft() > 0;
  }

  long nanosLeft() {
    return end.left();
  }

  /** Takes note of a request that was refused for the number of requests. */
  void refused(Gauge requests) {
    if (!exists || isActive()) {
      return;
    }
    if (wait.left() > 0) {
      LimitReading reading = requests.read();
      end.in(reading.untilFull().plus(reading.period()).toNanos());
    } else {
      wait.in(requests.nanosUntil(1));
    }
  }

  /** Takes note of a request that was let in, so that nobody has to wait. */
  void served() {
    wait.forget();
  }

  /** As everybody sees the window: what is not left is more than there is. */
  LimitReading read(Gauge requests) {
    LimitReading reading = requests.read();
    return isActive()
        ? new LimitReading(reading.limit(), -1, reading.period(), Duration.ofNanos(nanosLeft()))
        : reading;
  }

  void forget() {
    wait.forget();
    end.forget();
  }
}
