package dev.spillway.router.trace;

import java.util.List;

/**
 * Somebody who is told of every request: the ring of traces, the metrics, the ledger, the log. It
 * learns all it knows from the trace, never blocks and never throws.
 */
public interface Witness {

  /** It is decided what the caller gets, and none of it is written yet. */
  void answered(RequestTrace trace);

  /** Nothing more comes: the trace says how far the answer has got. */
  void finished(RequestTrace trace);

  /** No pool was asked for it. */
  default void refused(Refused refused) {}

  /** Tells several, in this order. */
  static Witness all(List<Witness> witnesses) {
    List<Witness> told = List.copyOf(witnesses);
    return new Witness() {
      @Override
      public void answered(RequestTrace trace) {
        told.forEach(each -> each.answered(trace));
      }

      @Override
      public void finished(RequestTrace trace) {
        told.forEach(each -> each.finished(trace));
      }

      @Override
      public void refused(Refused refused) {
        told.forEach(each -> each.refused(refused));
      }
    };
  }
}
