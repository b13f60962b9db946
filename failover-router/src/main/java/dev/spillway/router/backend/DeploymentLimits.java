package dev.spillway.router.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the configuration says that a deployment takes; the rest is learned from its answers. */
public sealed interface DeploymentLimits {

  /**
   * Pay as you go.
   *
   * @param tokensPerMinute null when it is to be learned
   * @param requestsPerMinute null when it is to be learned
   * @param requestWindow in which the service counts requests, with so much of the minute's limit
   */
  record Standard(
      @Nullable Long tokensPerMinute, @Nullable Long requestsPerMinute, Duration requestWindow)
      implements DeploymentLimits {}

  /**
   * Provisioned throughput.
   *
   * @param tokensPerMinute of prompts, that all its units together take; null when it is to be
   *     learned
   * @param outputWeight how many tokens of a prompt a token of an answer is worth
   */
  record Provisioned(@Nullable Long tokensPerMinute, int outputWeight)
      implements DeploymentLimits {}

  /** The window in which requests are counted where nobody says otherwise. */
  Duration USUAL_REQUEST_WINDOW = Duration.ofSeconds(10);

  /** What a token of an answer is worth where nobody says otherwise. */
  int USUAL_OUTPUT_WEIGHT = 4;

  DeploymentLimits UNKNOWN = new Standard(null, null, USUAL_REQUEST_WINDOW);
}
