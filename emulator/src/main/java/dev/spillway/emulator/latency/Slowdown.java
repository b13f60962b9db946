package dev.spillway.emulator.latency;

import dev.spillway.emulator.deployment.DeploymentId;
import java.time.Instant;

/** How many times as long as usual a deployment takes at a moment, for reasons of its own. */
@FunctionalInterface
public interface Slowdown {

  Slowdown NONE = (deployment, now) -> 1;

  /** From 0 up; 1 for as long as usual. */
  double factor(DeploymentId deployment, Instant now);
}
