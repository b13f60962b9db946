package dev.spillway.emulator.ratelimit;

import java.time.Duration;
import java.util.Optional;

/** Whether a request may go on. */
public sealed interface Admission {

  /** What was charged, and the limits right after. */
  record Admitted(Permit permit, LimitReadings readings) implements Admission {}

  /**
   * A Standard deployment's refusal.
   *
   * @param limited which limit refused; tokens when both did
   * @param retryAfter until the same request would be let in; empty when no wait helps, because it
   *     is larger than the whole limit
   * @param readings the limits right after; a refused request costs one request and no tokens
   */
  record Denied(Limited limited, Optional<Duration> retryAfter, LimitReadings readings)
      implements Admission {}

  /**
   * A provisioned deployment's refusal: more than 100 % of it is in use.
   *
   * @param retryAfter until no more than 100 % is
   * @param readings right after; the refused request costs nothing
   */
  record Full(Duration retryAfter, LimitReadings.Bucket readings) implements Admission {}

  /** What ran out of a Standard deployment. */
  enum Limited {
    TOKENS,
    REQUESTS
  }
}
