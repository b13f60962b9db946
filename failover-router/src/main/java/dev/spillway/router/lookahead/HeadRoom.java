package dev.spillway.router.lookahead;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is believed to be left of a deployment's limits; null for a limit that nobody knows.
 *
 * @param utilization of a provisioned deployment, in percent
 */
public record HeadRoom(
    @Nullable Left tokens, @Nullable Left requests, @Nullable Double utilization) {

  static final HeadRoom UNKNOWN = new HeadRoom(null, null, null);

  /**
   * One limit.
   *
   * @param limit of one window
   * @param renewed until nothing of it is in use, when nothing more is sent
   */
  public record Left(long limit, long left, Duration renewed) {}
}
