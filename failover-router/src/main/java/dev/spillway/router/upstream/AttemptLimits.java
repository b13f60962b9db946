package dev.spillway.router.upstream;

import java.time.Duration;

/**
 * How long one attempt may take.
 *
 * @param firstByte until the answer's headers
 * @param whole until the end of an unstreamed answer
 */
public record AttemptLimits(Duration firstByte, Duration whole) {

  /** Neither limit is later than the end of the request. */
  public static AttemptLimits within(Duration left, Duration firstByte) {
    return new AttemptLimits(left.compareTo(firstByte) < 0 ? left : firstByte, left);
  }
}
