package dev.spillway.router.upstream;

import java.time.Duration;

/**
 * How long one attempt may take.
 *
 * @param firstByte until the answer's headers
 * @param firstContent until a stream says something
 * @param betweenChunks the longest silence of a stream after that
 * @param whole until the end of an unstreamed answer
 */
public record AttemptLimits(
    Duration firstByte, Duration firstContent, Duration betweenChunks, Duration whole) {

  /** The same, so that nothing but a stream that has begun outlasts the end of the request. */
  public AttemptLimits within(Duration left) {
    return new AttemptLimits(
        shorter(left, firstByte), shorter(left, firstContent), betweenChunks, left);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
