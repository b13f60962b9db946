package dev.spillway.scenarios.result;

import dev.spillway.control.WindowStatus;
import dev.spillway.scenarios.format.DeploymentRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was left of a deployment's limits at a moment, counted from the scenario's beginning.
 *
 * @param utilization of a provisioned deployment, in percent; null for a Standard one
 */
public record BucketSample(
    Duration at,
    DeploymentRef deployment,
    WindowStatus tokens,
    WindowStatus requests,
    @Nullable Double utilization) {}
