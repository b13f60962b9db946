package dev.spillway.router.quota;

import java.time.Duration;

/** Whether a caller may go on. */
public sealed interface Admission {

  /** It may, and has been charged. */
  record Admitted(Charge charge) implements Admission {}

  /**
   * It has used what it may use in a minute, and has not been charged.
   *
   * @param limit the one that it has to wait for longest
   * @param retryAfter until the same request may go on
   */
  record Over(Limit limit, long perMinute, Duration retryAfter) implements Admission {}

  /** What is limited. */
  enum Limit {
    TOKENS("tokens"),
    REQUESTS("requests");

    private final String word;

    Limit(String word) {
      this.word = word;
    }

    /** As in {@code tokens}. */
    public String word() {
      return word;
    }
  }
}
