package dev.spillway.router.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last traces; a newer one takes the place of an older one. */
public final class TraceRing implements Witness {

  private volatile AtomicReferenceArray<@Nullable RequestTrace> slots;

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
      kept.stream().limit(size).forEach(this::put);
    }
  }

  @Override
  public void answered(RequestTrace trace) {
    put(trace);
  }

  @Override
  public void finished(RequestTrace trace) {
    put(trace);
  }

  private void put(RequestTrace trace) {
    AtomicReferenceArray<@Nullable RequestTrace> ring = slots;
    if (ring.length() > 0) {
      int slot = (int) (trace.id().number() % ring.length());
      var unused = ring.accumulateAndGet(slot, trace, (old, put) -> isNewer(old, put) ? old : put);
    }
  }

  private static boolean isNewer(@Nullable RequestTrace old, @Nullable RequestTrace put) {
    return old != null && put != null && old.id().number() > put.id().number();
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
    traces.sort(Comparator.comparingLong((RequestTrace trace) -> trace.id().number()).reversed());
    return traces;
  }

  /** The trace of the request with this id, unless it has made room for a newer one. */
  public Optional<RequestTrace> find(String id) {
    return newestFirst().stream().filter(trace -> trace.id().text().equals(id)).findFirst();
  }
}
