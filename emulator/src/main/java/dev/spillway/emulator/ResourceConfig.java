package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.LatencySpec;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.yaml.ListenAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A resource and what it starts with.
 *
 * @param listen a port of its own; null where it is reached by host name or path only
 */
public record ResourceConfig(
    Resource resource, @Nullable ListenAddress listen, List<DeploymentSpec> deployments) {

  public ResourceConfig {
    deployments = List.copyOf(deployments);
  }

  ResourceConfig with(Resource other) {
    return new ResourceConfig(other, listen, deployments);
  }

  ResourceConfig withListen(ListenAddress other) {
    return new ResourceConfig(resource, other, deployments);
  }

  ResourceConfig withLatencyUnlessItHas(@Nullable LatencySpec latency) {
    return resource.latency() == null ? with(resource.withLatency(latency)) : this;
  }

  ResourceConfig withDeployments(List<DeploymentSpec> others) {
    return new ResourceConfig(resource, listen, others);
  }

  /** With this deployment instead of one of the same name, or after the others. */
  ResourceConfig with(DeploymentSpec spec) {
    Stream<DeploymentSpec> others =
        deployments.stream().filter(other -> !other.name().equals(spec.name()));
    return withDeployments(Stream.concat(others, Stream.of(spec)).toList());
  }
}
