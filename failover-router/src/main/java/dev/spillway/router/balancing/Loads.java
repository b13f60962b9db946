package dev.spillway.router.balancing;

import dev.spillway.router.backend.Backend;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What every backend has to do, and how fast it has lately been. */
public final class Loads {

  /** An answer of ten seconds ago counts a third of one of now. */
  private static final double MEMORY_NANOS = 10e9;

  private static final class Load {
    private final AtomicInteger inFlight = new AtomicInteger();
    private double nanos;
    private long last;
    private boolean known;
  }

  private final ConcurrentHashMap<String, Load> byBackend = new ConcurrentHashMap<>();

  public void begin(Backend backend) {
    var unused = of(backend).inFlight.incrementAndGet();
  }

  public void end(Backend backend) {
    var unused = of(backend).inFlight.decrementAndGet();
  }

  /** It has begun a good answer after so long. */
  public void answered(Backend backend, Duration after, long now) {
    Load load = of(backend);
    synchronized (load) {
      double old = load.known ? Math.exp(-Math.max(0, now - load.last) / MEMORY_NANOS) : 0;
      double kept = Math.min(old, 0.9); // many answers at once count, too
      load.nanos = kept * load.nanos + (1 - kept) * after.toNanos();
      load.last = now;
      load.known = true;
    }
  }

  public int inFlight(Backend backend) {
    return of(backend).inFlight.get();
  }

  /** How long it takes to begin an answer, in nanoseconds; zero while nobody knows. */
  public double latency(Backend backend) {
    Load load = of(backend);
    synchronized (load) {
      return load.nanos;
    }
  }

  private Load of(Backend backend) {
    return byBackend.computeIfAbsent(backend.name(), name -> new Load());
  }
}
