package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a call goes that a deployment refused.
 *
 * <p>From a provisioned deployment to a Standard one of the same resource and the same
 * data-processing level: the one that the deployment names, or else the one that the caller names.
 */
final class Spillover {

  /** What becomes of the call. */
  sealed interface Way {

    /** The refusal stands. */
    record None() implements Way {}

    record To(Deployment deployment) implements Way {}

    /** There is no such deployment, or none that may be spilled to. */
    record Failed(int status) implements Way {}
  }

  private final Deployments deployments;

  Spillover(Deployments deployments) {
    this.deployments = deployments;
  }

  Way of(Call call, Outcome.Refusal refusal) {
    if (!refusal.spills() || !refusal.deployment().provisioned()) {
      return new Way.None();
    }
    String name = target(call, refusal.deployment());
    if (name == null) {
      return new Way.None();
    }
    Optional<Deployment> target =
        deployments.find(new DeploymentId(refusal.deployment().resource(), name));
    if (target.isEmpty()) {
      return new Way.Failed(404);
    }
    if (!refusal.deployment().spec().maySpillTo(target.get().spec())) {
      return new Way.Failed(400);
    }
    return new Way.To(target.get());
  }

  private static @Nullable String target(Call call, Deployment deployment) {
    String property = deployment.spec().spillover();
    return property != null ? property : call.spillover();
  }
}
