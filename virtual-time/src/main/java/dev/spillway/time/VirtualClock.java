package dev.spillway.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that runs beside a base clock and can be frozen, moved forward, sped up and let go again.
 *
 * <p>Its time is {@code origin + (base time since the last change) x speed}; frozen is speed 0. It
 * never goes back, so what was measured on it stays true. Whoever sleeps on it is woken when the
 * clock, by running or by being moved, has reached the end of the sleep.
 */
public final class VirtualClock implements TimeSource {

  /** From {@code virtualNanos} on, {@code speed} virtual nanoseconds pass per base nanosecond. */
  private record Motion(long virtualNanos, long baseNanos, double speed) {

    long at(long now) {
      return virtualNanos + (long) ((now - baseNanos) * speed);
    }

    boolean frozen() {
      return speed == 0;
    }
  }

  private final TimeSource base;
  private final Instant start;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Who sleeps, and until when. Everybody parks by themselves, so that thousands can sleep without
   * waiting for one lock; who moves the clock wakes them all to look at it.
   */
  private final ConcurrentHashMap<Thread, Long> sleepers = new ConcurrentHashMap<>();

  private volatile Motion motion;

  private VirtualClock(TimeSource base, Instant start, double speed) {
    this.base = base;
    this.start = start;
    this.motion = new Motion(0, base.nanoTime(), speed);
  }

  /** A clock that starts at the machine's time and runs with it. */
  public static VirtualClock running() {
    TimeSource base = TimeSource.system();
    return new VirtualClock(base, base.instant(), 1);
  }

  /** A clock that stands still at {@code start}. */
  public static VirtualClock frozenAt(Instant start) {
    return new VirtualClock(TimeSource.system(), start, 0);
  }

  /** A clock that runs with {@code base}; for tests of the clock itself. */
  static VirtualClock over(TimeSource base) {
    return new VirtualClock(base, base.instant(), 1);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    return motion.at(base.nanoTime());
  }

  @Override
  public boolean isFrozen() {
    return motion.frozen();
  }

  /** Virtual seconds per second; 0 while frozen. */
  public double speed() {
    return motion.speed();
  }

  public void freeze() {
    move(0, 0);
  }

  /** Lets the clock run with the base clock again, from where it stands. */
  public void resume() {
    move(0, 1);
  }

  /**
   * Lets the clock run {@code speed} times as fast as the base clock.
   *
   * @throws IllegalArgumentException when the speed is not a positive number
   */
  public void scale(double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed must be a positive number, not " + speed);
    }
    move(0, speed);
  }

  /**
   * Moves the clock forward, frozen or running.
   *
   * @throws IllegalArgumentException when the duration is negative: this clock never goes back
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("the clock only moves forward, not by " + duration);
    }
    move(duration.toNanos(), motion.speed());
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    sleepUntil(nanoTime() + duration.toNanos());
  }

  @Override
  public void sleepUntil(long nanoTime) throws InterruptedException {
    sleep(nanoTime, true);
  }

  @Override
  public void sleepWhileRunning(long nanoTime) throws InterruptedException {
    sleep(nanoTime, false);
  }

  /** The moment at which the first of those who sleep will wake up, if anybody sleeps. */
  public Optional<Instant> nextWakeUp() {
    return sleepers.values().stream().min(Long::compare).map(start::plusNanos);
  }

  private void sleep(long end, boolean throughFreeze) throws InterruptedException {
    Thread me = Thread.currentThread();
    sleepers.put(me, end); // before it looks at the clock, so that no move is missed
    try {
      for (Motion now = motion; left(now, end) > 0; now = motion) {
        if (now.frozen() && !throughFreeze) {
          return;
        }
        park(now, end);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      sleepers.remove(me);
    }
  }

  private long left(Motion now, long end) {
    return end - now.at(base.nanoTime());
  }

  private void park(Motion now, long end) {
    if (now.frozen()) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, (long) Math.ceil(left(now, end) / now.speed()));
    }
  }

  private void move(long nanosForward, double speed) {
    lock.lock();
    try {
      long now = base.nanoTime();
      motion = new Motion(motion.at(now) + nanosForward, now, speed);
      sleepers.keySet().forEach(LockSupport::unpark);
    } finally {
      lock.unlock();
    }
  }
}
