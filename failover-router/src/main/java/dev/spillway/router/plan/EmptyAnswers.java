package dev.spillway.router.plan;

/** What becomes of a whole answer that is right in everything, but has not a single choice. */
public enum EmptyAnswers {
  /** It counts as a failure, and the request goes on to another backend. */
  RETRY,
  /** It is passed on. */
  PASS
}
