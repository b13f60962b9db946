package dev.spillway.emulator;

import dev.spillway.emulator.fault.Faults;
import dev.spillway.emulator.http.Door;
import dev.spillway.emulator.http.EmulatorServer;
import dev.spillway.time.Gate;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Closes the ports at which connections are to be refused, and opens them again. */
final class DoorKeeper implements AutoCloseable {

  private final Iterable<Door> doors;
  private final EmulatorServer server;
  private final Faults faults;
  private final Function<String, @Nullable String> regions;
  private final TimeSource time;
  private volatile Gate news;
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
    this.news = newsToWaitFor();
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
      keeper.news.open();
    });
    if (doors.iterator().hasNext()) {
      time.beside("door-keeper", keeper::keep);
    }
    return keeper;
  }

  private Gate newsToWaitFor() {
    return time.gate("a fault that is set or taken away");
  }

  private void keep() {
    try {
      while (true) {
        Gate next = newsToWaitFor(); // before it looks, so that none are missed
        news = next;
        if (isClosed()) {
          return;
        }
        long nanos = time.nanoTime(); // the same of a move of the clock
        Optional<Duration> edge = faults.nextRefusal(time.instant());
        look();
        if (edge.isPresent()) {
          boolean unused = next.passBy(nanos + edge.get().toNanos());
        } else {
          next.pass();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    news.open();
  }
}
