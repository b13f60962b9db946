package dev.spillway.emulator;

import dev.spillway.emulator.fault.Faults;
import dev.spillway.emulator.http.Door;
import dev.spillway.emulator.http.EmulatorServer;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Closes the ports at which connections are to be refused, and opens them again. */
final class DoorKeeper implements AutoCloseable {

  private final Iterable<Door> doors;
  private final EmulatorServer server;
  private final Faults faults;
  private final Function<String, @Nullable String> regions;
  private final TimeSource time;
  private final Thread thread;
  private boolean closed;

  private DoorKeeper(
      Iterable<Door> doors,
      EmulatorServer server,
      Faults faults,
      Function<String, @Nullable String> regions,
      TimeSource time) {
    this.doors = doors;
    this.server = server;
    this.faults = faults;
    this.regions = regions;
    this.time = time;
    this.thread = Thread.ofVirtual().name("door-keeper").unstarted(this::keep);
  }

  /**
   * Looks after doors from now on.
   *
   * @param doors each of one resource
   * @param regions the region of a resource
   */
  static DoorKeeper of(
      Iterable<Door> doors,
      EmulatorServer server,
      Faults faults,
      Function<String, @Nullable String> regions,
      TimeSource time) {
    DoorKeeper keeper = new DoorKeeper(doors, server, faults, regions, time);
    keeper.look();
    faults.whenChanged(() -> {
      keeper.look();
      keeper.thread.interrupt();
    });
    if (doors.iterator().hasNext()) {
      keeper.thread.start();
    }
    return keeper;
  }

  private void keep() {
    while (!isClosed()) {
      long nanos = time.nanoTime(); // before it looks, so that no move of the clock is missed
      Optional<Duration> edge = faults.nextRefusal(time.instant());
      look();
      try {
        if (edge.isPresent()) {
          time.sleepUntil(nanos + edge.get().toNanos());
        } else {
          new CountDownLatch(1).await();
        }
      } catch (InterruptedException e) {
        // a fault was set or taken away: look again
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void look() {
    if (!closed) {
      for (Door door : doors) {
        String resource = Objects.requireNonNull(door.resource());
        String region = regions.apply(resource);
        server.listen(door, !faults.refuses(resource, region == null ? "" : region));
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.interrupt();
  }
}
