package dev.spillway.emulator.dataplane;

import dev.spillway.time.Gate;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls that get nothing more until their caller leaves. The caller's own patience runs by the real
 * clock, so that a clock that stands still does not skip a hang; only a longest time of it is by
 * the emulator's.
 */
final class Hangs implements AutoCloseable {

  private final TimeSource time;
  private final Set<Gate> hanging = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Hangs(TimeSource time) {
    this.time = time;
  }

  /**
   * Returns when the caller has left, the time is over or the emulator ends.
   *
   * @param atMost by the emulator's clock; null for no end
   */
  void hang(RawConnection connection, @Nullable Duration atMost) {
    Gate over = time.gate("the end of a hang");
    hanging.add(over);
    connection.whenLeft(over::open);
    try {
      if (closed) {
        return;
      }
      if (atMost == null) {
        over.pass();
      } else {
        boolean unused = over.passBy(time.nanoTime() + atMost.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hanging.remove(over);
    }
  }

  /** Lets go of all. */
  @Override
  public void close() {
    closed = true;
    hanging.forEach(Gate::open);
  }
}
