package dev.spillway.router.trace;

/** How far an answer got on its way to the caller. */
public enum Delivery {
  /** Handed over to be written. */
  STARTED,
  COMPLETE,
  /** The backend broke off in the middle. */
  CUT,
  /** The caller left in the middle. */
  CALLER_LEFT
}
