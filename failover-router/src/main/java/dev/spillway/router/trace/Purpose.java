package dev.spillway.router.trace;

/** What an attempt was good for. */
public enum Purpose {
  /** The caller has its answer, or is getting it. */
  SERVED,
  /** Its answer was no use, and another attempt or an error took its place. */
  LOST,
  /** Its answer broke off while the caller got it. */
  CUT,
  /** The caller left before the end. */
  LEFT
}
