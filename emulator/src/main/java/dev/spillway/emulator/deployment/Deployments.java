package dev.spillway.emulator.deployment;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The deployments of a resource, by name; safe for any number of threads. */
public final class Deployments {

  private final ModelCatalog catalog;
  private final ConcurrentSkipListMap<String, Deployment> byName = new ConcurrentSkipListMap<>();

  public Deployments(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  public Deployment put(DeploymentSpec spec) {
    Deployment deployment = new Deployment(spec, catalog.find(spec.model()));
    byName.put(spec.name(), deployment);
    return deployment;
  }

  public Optional<Deployment> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether there was one of that name. */
  public boolean remove(String name) {
    return byName.remove(name) != null;
  }

  /** In the order of their names. */
  public List<Deployment> all() {
    return List.copyOf(byName.values());
  }
}
