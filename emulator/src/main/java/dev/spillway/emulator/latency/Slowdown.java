package dev.spillway.emulator.latency;

import dev.spillway.emulator.deployment.DeploymentId;
import java.time.Instant;

/**
 * How many times as late as usual a deployment's first token comes at a moment, for reasons that
 * are not its latency's.
 */
@FunctionalInterface
public interface Slowdown {

  Slowdown NONE = (deployment, now) -> 1;

  /** From 0 up; 1 for when it usually does. */
  double factor(DeploymentId deployment, Instant now);
}
