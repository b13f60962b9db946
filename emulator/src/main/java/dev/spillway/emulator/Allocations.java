package dev.spillway.emulator;

import dev.spillway.emulator.deployment.Allocation;
import dev.spillway.emulator.deployment.Allocation.Exceeded;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.QuotaPool;
import dev.spillway.emulator.deployment.Quotas;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.List;
import java.util.Optional;

/** Whether the deployments of a configuration fit into its quotas. */
final class Allocations {

  private Allocations() {}

  /** The first deployment that does not fit. */
  static Optional<Exceeded> problem(
      List<ResourceConfig> resources, List<QuotaPool> pools, ModelCatalog models) {
    if (pools.isEmpty()) {
      return Optional.empty();
    }
    List<Resource> accounts = resources.stream().map(ResourceConfig::resource).toList();
    Deployments deployments = new Deployments(models);
    List<Deployment> asking =
        resources.stream()
            .flatMap(one ->
                one.deployments().stream()
                    .map(spec -> deployments.planned(one.resource().name(), spec)))
            .toList();
    Quotas quotas = new Quotas(pools, new Resources(accounts), deployments);
    return switch (quotas.checkAll(accounts, asking)) {
      case Allocation.Granted granted -> Optional.empty();
      case Exceeded exceeded -> Optional.of(exceeded);
    };
  }
}
