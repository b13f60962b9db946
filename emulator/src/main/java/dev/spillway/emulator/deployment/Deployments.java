package dev.spillway.emulator.deployment;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The deployments of all resources; safe for any number of threads. */
public final class Deployments {

  private final ModelCatalog catalog;
  private final ConcurrentSkipListMap<DeploymentId, Deployment> byId =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(DeploymentId::resource).thenComparing(DeploymentId::name));

  public Deployments(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  public Deployment put(String resource, DeploymentSpec spec) {
    Deployment deployment = new Deployment(resource, spec, catalog.find(spec.model()));
    byId.put(deployment.id(), deployment);
    return deployment;
  }

  public Optional<Deployment> find(DeploymentId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Whether there was one. */
  public boolean remove(DeploymentId id) {
    return byId.remove(id) != null;
  }

  /** Those of a resource, in the order of their names. */
  public List<Deployment> of(String resource) {
    return all().stream().filter(one -> one.resource().equals(resource)).toList();
  }

  /** In the order of their resources' names and their own. */
  public List<Deployment> all() {
    return List.copyOf(byId.values());
  }
}
