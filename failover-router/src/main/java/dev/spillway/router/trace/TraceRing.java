package dev.spillway.router.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last traces; a newer one takes the place of the oldest. */
public final class TraceRing {

  private final AtomicReferenceArray<@Nullable RequestTrace> slots;
  private final AtomicLong next = new AtomicLong();

  /**
   * An empty ring.
   *
   * @param size how many are kept; 0 keeps none
   */
  public TraceRing(int size) {
    this.slots = new AtomicReferenceArray<>(size);
  }

  /** The number for a new trace. */
  public long nextNumber() {
    return next.getAndIncrement();
  }

  public void add(RequestTrace trace) {
    if (slots.length() > 0) {
      slots.set(slot(trace), trace);
    }
  }

  /** Notes how the delivery went, unless the trace has made room for a newer one. */
  public void delivered(RequestTrace trace, Delivery delivery) {
    if (slots.length() > 0) {
      slots.compareAndSet(slot(trace), trace, trace.with(delivery));
    }
  }

  /** The newest first. */
  public List<RequestTrace> newestFirst() {
    List<RequestTrace> traces = new ArrayList<>(slots.length());
    for (int i = 0; i < slots.length(); i++) {
      RequestTrace trace = slots.get(i);
      if (trace != null) {
        traces.add(trace);
      }
    }
    traces.sort(Comparator.comparingLong(RequestTrace::number).reversed());
    return traces;
  }

  private int slot(RequestTrace trace) {
    return (int) (trace.number() % slots.length());
  }
}
