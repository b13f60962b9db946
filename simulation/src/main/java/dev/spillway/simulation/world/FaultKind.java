package dev.spillway.simulation.world;

/** What can go wrong with one attempt. */
public enum FaultKind {
  /** 429, whatever is left of its quota. */
  THROTTLES,
  UNAVAILABLE_WITH_WAIT,
  SERVER_ERROR,
  ERROR_PAGE,
  UNREACHABLE,
  SILENT,
  RESET,
  EMPTY_BODY,
  BROKEN_JSON,
  PAGE_INSTEAD_OF_JSON,
  WRONG_KEY,
  NO_DEPLOYMENT,
  STALE_CONNECTION,
  SLOW,
  /** The content filter of this backend alone. */
  FILTERED,
  STREAM_FAILS_AT_ONCE,
  STREAM_THROTTLED_AT_ONCE,
  STREAM_CUT,
  STREAM_ENDS_EARLY,
  STREAM_STALLS,
  STREAM_GARBLED
}
