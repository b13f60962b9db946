package dev.spillway.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that runs beside a base clock and can be frozen, moved forward, sped up and let go again.
 *
 * <p>Its time is {@code origin + (base time since the last change) x speed}; frozen is speed 0. It
 * never goes back, so what was measured on it stays true. Whoever sleeps on it is woken when the
 * clock, by running or by being moved, has reached the end of the sleep.
 */
public final class VirtualClock implements TimeSource {

  private static final long NEVER = Long.MAX_VALUE;

  /** Somebody who waits at a gate of the base clock. */
  private record Sleeper(long end, Gate gate) {}

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
   * Who sleeps. Everybody waits at a gate of their own, so that thousands can sleep without waiting
   * for one lock; who moves the clock wakes them all to look at it.
   */
  private final ConcurrentHashMap<Long, Sleeper> sleepers = new ConcurrentHashMap<>();

  private final AtomicLong sleeps = new AtomicLong();

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

  /** A clock that runs with {@code base}, and whose sleepers wait in that time. */
  public static VirtualClock over(TimeSource base) {
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
    sleep(nanoTime, true, null);
  }

  @Override
  public void sleepWhileRunning(long nanoTime) throws InterruptedException {
    sleep(nanoTime, false, null);
  }

  @Override
  public Gate gate(String name) {
    return new ClockGate(name);
  }

  @Override
  public void beside(String name, Runnable body) {
    base.beside(name, body);
  }

  /** The moment at which the first of those who sleep will wake up, if anybody sleeps. */
  public Optional<Instant> nextWakeUp() {
    return sleepers.values().stream()
        .map(Sleeper::end)
        .filter(end -> end != NEVER)
        .min(Long::compare)
        .map(start::plusNanos);
  }

  private void sleep(long end, boolean throughFreeze, @Nullable ClockGate closed)
      throws InterruptedException {
    Long me = sleeps.getAndIncrement();
    try {
      while (true) {
        Gate moved = base.gate(closed == null ? "the clock" : closed.name());
        sleepers.put(me, new Sleeper(end, moved)); // before it looks, so that no move is missed
        Motion now = motion;
        if (left(now, end) <= 0
            || (now.frozen() && !throughFreeze)
            || (closed != null && closed.isOpenTo(me, moved))) {
          return;
        }
        await(moved, now, end);
      }
    } finally {
      sleepers.remove(me);
      if (closed != null) {
        closed.waiting.remove(me);
      }
    }
  }

  private long left(Motion now, long end) {
    return end - now.at(base.nanoTime());
  }

  private void await(Gate moved, Motion now, long end) throws InterruptedException {
    if (now.frozen() || end == NEVER) {
      moved.pass();
    } else {
      boolean unused =
          moved.passBy(base.nanoTime() + (long) Math.ceil(left(now, end) / now.speed()));
    }
  }

  private void move(long nanosForward, double speed) {
    lock.lock();
    try {
      long now = base.nanoTime();
      motion = new Motion(motion.at(now) + nanosForward, now, speed);
      sleepers.values().forEach(sleeper -> sleeper.gate().open());
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits at it sleeps on the clock, and is woken by who opens it as by who moves that. */
  private final class ClockGate implements Gate {

    private final String name;
    private final ConcurrentHashMap<Long, Gate> waiting = new ConcurrentHashMap<>();
    private volatile boolean open;

    ClockGate(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void pass() throws InterruptedException {
      sleep(NEVER, true, this);
    }

    @Override
    public boolean passBy(long nanoTime) throws InterruptedException {
      sleep(nanoTime, true, this);
      return open;
    }

    /** Whoever finds it closed will be woken. */
    boolean isOpenTo(Long sleeper, Gate woken) {
      waiting.put(sleeper, woken);
      return open;
    }

    @Override
    public void open() {
      open = true;
      waiting.values().forEach(Gate::open);
    }
  }
}
