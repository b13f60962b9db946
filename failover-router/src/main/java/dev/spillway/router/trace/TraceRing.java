package dev.spillway.router.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last traces; a newer one takes the place of the oldest. */
public final class TraceRing {

  private volatile AtomicReferenceArray<@Nullable RequestTrace> slots;
  private final AtomicLong next = new AtomicLong();

  /**
   * An empty ring.
   *
   * @param size how many are kept; 0 keeps none
   */
  public TraceRing(int size) {
    this.slots = new AtomicReferenceArray<>(size);
  }

  /** Keeps so many from now on, and of those there are the newest. */
  public synchronized void resize(int size) {
    if (size != slots.length()) {
      List<RequestTrace> kept = newestFirst();
      slots = new AtomicReferenceArray<>(size);
      kept.stream().limit(size).forEach(this::add);
    }
  }

  /** The number for a new trace. */
  public long nextNumber() {
    return next.getAndIncrement();
  }

  public void add(RequestTrace trace) {
    AtomicReferenceArray<@Nullable RequestTrace> ring = slots;
    if (ring.length() > 0) {
      ring.set(slot(trace, ring), trace);
    }
  }

  /** Notes how the delivery went, unless the trace has made room for a newer one. */
  public void delivered(RequestTrace trace, Delivery delivery) {
    AtomicReferenceArray<@Nullable RequestTrace> ring = slots;
    if (ring.length() > 0) {
      ring.compareAndSet(slot(trace, ring), trace, trace.with(delivery));
    }
  }

  /** The newest first. */
  public List<RequestTrace> newestFirst() {
    AtomicReferenceArray<@Nullable RequestTrace> ring = slots;
    List<RequestTrace> traces = new ArrayList<>(ring.length());
    for (int i = 0; i < ring.length(); i++) {
      RequestTrace trace = ring.get(i);
      if (trace != null) {
        traces.add(trace);
      }
    }
    traces.sort(Comparator.comparingLong(RequestTrace::number).reversed());
    return traces;
  }

  private static int slot(RequestTrace trace, AtomicReferenceArray<@Nullable RequestTrace> ring) {
    return (int) (trace.number() % ring.length());
  }
}
