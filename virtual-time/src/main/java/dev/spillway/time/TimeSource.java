package dev.spillway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where a program gets its time from, and where it waits.
 *
 * <p>The wall clock ({@link #instant()}) is for what people and protocols read; {@link #nanoTime()}
 * only ever grows and is for measuring and for deadlines. On a {@link VirtualClock} both move
 * together.
 */
public interface TimeSource extends InstantSource {

  /** Nanoseconds from an arbitrary origin; never goes back. */
  long nanoTime();

  /** Blocks until this source's time has moved on by {@code duration}. */
  void sleep(Duration duration) throws InterruptedException;

  /** Blocks until {@link #nanoTime()} has come so far; not at all when it has. */
  default void sleepUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - nanoTime();
    if (left > 0) {
      sleep(Duration.ofNanos(left));
    }
  }

  /** Blocks as {@link #sleepUntil} does, but never while this source's time stands still. */
  default void sleepWhileRunning(long nanoTime) throws InterruptedException {
    sleepUntil(nanoTime);
  }

  /** Whether its time stands still until somebody moves it. */
  default boolean isFrozen() {
    return false;
  }

  /** A gate at which to wait in this time; by default, one that runs as the machine's does. */
  default Gate gate(String name) {
    return new LatchGate(name, this);
  }

  /** Begins something that goes on beside whoever asks for it, and waits in this time. */
  default void beside(String name, Runnable body) {
    Thread unused = Thread.ofVirtual().name(name).start(body);
  }

  /** The machine's own clocks. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  @Override
  Instant instant();
}
