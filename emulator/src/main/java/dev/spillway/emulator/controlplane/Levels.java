package dev.spillway.emulator.controlplane;

import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.Limit;
import dev.spillway.control.ResourceStatus;
import dev.spillway.control.WindowStatus;
import dev.spillway.emulator.metrics.EmulatorMetrics.Level;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The limits of all deployments as the metrics show them; what has no limit is not shown. */
record Levels(List<DeploymentStatus> deployments) {

  static Levels of(List<ResourceStatus> resources) {
    return new Levels(
        resources.stream().flatMap(resource -> resource.deployments().stream()).toList());
  }

  List<Level> limits() {
    return windows(WindowStatus::limit);
  }

  List<Level> remaining() {
    return windows(WindowStatus::remaining);
  }

  List<Level> utilization() {
    return deployments.stream().flatMap(Levels::utilization).toList();
  }

  private static Stream<Level> utilization(DeploymentStatus one) {
    return Stream.ofNullable(one.utilization()).map(percent -> level(one, "tokens", percent));
  }

  private List<Level> windows(Function<WindowStatus, Limit> shown) {
    return deployments.stream()
        .flatMap(one ->
            Stream.concat(
                window(one, "tokens", shown.apply(one.tokens())),
                window(one, "requests", shown.apply(one.requests()))))
        .toList();
  }

  private static Stream<Level> window(DeploymentStatus one, String limit, Limit shown) {
    return shown.isUnlimited()
        ? Stream.empty()
        : Stream.of(level(one, limit, (double) shown.count()));
  }

  private static Level level(DeploymentStatus one, String limit, double value) {
    return new Level(one.resource(), one.name(), limit, value);
  }
}
