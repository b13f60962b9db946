package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The limits of a deployment, all at the same moment. */
public sealed interface LimitReadings {

  LimitReading tokens();

  LimitReading requests();

  /**
   * Both windows of a Standard deployment.
   *
   * @param reduction null while it has all of its limits
   * @param abusePenalty whether its callers suffer for not having waited
   */
  record Windows(
      LimitReading tokens,
      LimitReading requests,
      @Nullable Reduction reduction,
      boolean abusePenalty)
      implements LimitReadings {}

  /**
   * The bucket of a provisioned deployment, which has no limit for requests.
   *
   * @param tokens the weighted tokens of a minute, and what is left of them
   * @param utilization in percent; above 100 after a burst
   */
  record Bucket(LimitReading tokens, double utilization) implements LimitReadings {

    @Override
    public LimitReading requests() {
      return new LimitReading(Limit.UNLIMITED, 0, tokens.period(), Duration.ZERO);
    }
  }
}
