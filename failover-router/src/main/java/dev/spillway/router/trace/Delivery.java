package dev.spillway.router.trace;

import java.util.Locale;

/** How far an answer got on its way to the caller. */
public enum Delivery {
  /** Handed over to be written. */
  STARTED,
  COMPLETE,
  /** The backend broke off in the middle. */
  CUT,
  /** The caller left in the middle. */
  CALLER_LEFT,
  /** The router itself stopped in the middle. */
  ROUTER_STOPPED;

  /** As in {@code caller-left}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
