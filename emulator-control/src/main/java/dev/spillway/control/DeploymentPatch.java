package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a deployment; what is null stays.
 *
 * <p>A new capacity without a {@code tpm} beside it takes back a {@code tpm} that was set apart, so
 * that the capacity has its effect. An empty {@code spillover} takes the spillover away, an empty
 * {@code contentFilter} brings back the default one, and so does an empty {@code latency} the
 * resource's.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentPatch(
    @Nullable Limit capacity,
    @Nullable Limit tpm,
    @Nullable Limit rpm,
    @JsonAlias("spilloverDeploymentName") @Nullable String spillover,
    @JsonAlias("raiPolicyName") @Nullable String contentFilter,
    @Nullable LatencySpec latency,
    @Nullable GeneratorSpec generator) {

  /** A change of everything but the latency and the generator. */
  public DeploymentPatch(
      @Nullable Limit capacity,
      @Nullable Limit tpm,
      @Nullable Limit rpm,
      @Nullable String spillover,
      @Nullable String contentFilter) {
    this(capacity, tpm, rpm, spillover, contentFilter, null, null);
  }

  public static DeploymentPatch capacity(long units) {
    return new DeploymentPatch(Limit.of(units), null, null, null, null, null, null);
  }

  public static DeploymentPatch rpm(Limit rpm) {
    return new DeploymentPatch(null, null, rpm, null, null, null, null);
  }

  /** An empty name takes the spillover away. */
  public static DeploymentPatch spillover(String deployment) {
    return new DeploymentPatch(null, null, null, deployment, null, null, null);
  }

  /** An empty name brings back the default one. */
  public static DeploymentPatch contentFilter(String policy) {
    return new DeploymentPatch(null, null, null, null, policy, null, null);
  }

  public static DeploymentPatch generator(GeneratorSpec generator) {
    return new DeploymentPatch(null, null, null, null, null, null, generator);
  }

  /** {@code LatencySpec.preset("")} brings back the resource's. */
  public static DeploymentPatch latency(LatencySpec latency) {
    return new DeploymentPatch(null, null, null, null, null, latency, null);
  }
}
