package dev.spillway.emulator.controlplane;

import dev.spillway.control.ClockStatus;
import dev.spillway.control.ControlException;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;

/** Moves the emulator's clock, forward only, and not at all where limits are shared. */
final class InProcessClock {

  private static final Duration LONGEST_STEP = Duration.ofDays(366);
  private static final int HIGHEST_SPEED = 1_000_000;

  private final VirtualClock clock;
  private final RateLimiters limiters;

  InProcessClock(VirtualClock clock, RateLimiters limiters) {
    this.clock = clock;
    this.limiters = limiters;
  }

  ClockStatus status() {
    return new ClockStatus(clock.instant(), clock.isFrozen(), clock.speed());
  }

  ClockStatus freeze() {
    checkItIsOurs();
    clock.freeze();
    return status();
  }

  ClockStatus advance(Duration duration) {
    if (duration.isNegative()) {
      throw ControlException.invalid("the clock only moves forward, not by " + duration);
    }
    if (duration.compareTo(LONGEST_STEP) > 0) {
      throw ControlException.invalid(
          "the clock moves by at most " + LONGEST_STEP.toDays() + " days at once");
    }
    checkItIsOurs();
    clock.advance(duration);
    return status();
  }

  ClockStatus set(Instant moment) {
    Instant now = clock.instant();
    if (moment.isBefore(now)) {
      throw ControlException.invalid(
          "the clock only moves forward, not from " + now + " to " + moment);
    }
    return advance(Duration.between(now, moment));
  }

  ClockStatus scale(double speed) {
    if (!(speed > 0) || speed > HIGHEST_SPEED) {
      throw ControlException.invalid(
          "the clock's speed is a number above 0 and up to " + HIGHEST_SPEED + ", not " + speed);
    }
    checkItIsOurs();
    clock.scale(speed);
    return status();
  }

  ClockStatus resume() {
    checkItIsOurs();
    clock.resume();
    return status();
  }

  /** Lets it run again; its time stays, since it never goes back. */
  void reset() {
    if (!limiters.areShared()) {
      clock.resume();
    }
  }

  private void checkItIsOurs() {
    if (limiters.areShared()) {
      throw ControlException.invalid(
          "the clock cannot be changed while the limits are shared in Redis, because the other"
              + " emulators' clocks would not follow");
    }
  }
}
