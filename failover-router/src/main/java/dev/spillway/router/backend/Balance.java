package dev.spillway.router.backend;

/** Which backend of one priority is asked first. */
public enum Balance {
  /** Each in turn, by weight. */
  ROUND_ROBIN,
  /** The one with the least to do for its weight. */
  LEAST_IN_FLIGHT,
  /** The one that has lately begun its answers soonest, for what it has to do. */
  LATENCY
}
