package dev.spillway.emulator.deployment;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The deployments of all resources; safe for any number of threads. */
public final class Deployments {

  /** A deployment, with a number that no other was made with. */
  private record Numbered(long number, Deployment deployment) {}

  private final ModelCatalog catalog;
  private final AtomicLong made = new AtomicLong();
  private final ConcurrentSkipListMap<DeploymentId, Numbered> byId =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(DeploymentId::resource).thenComparing(DeploymentId::name));

  public Deployments(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  public Deployment put(String resource, DeploymentSpec spec) {
    Deployment deployment = planned(resource, spec);
    long next = made.incrementAndGet();
    byId.merge(
        deployment.id(),
        new Numbered(next, deployment),
        (old, changed) -> new Numbered(old.number(), changed.deployment()));
    return deployment;
  }

  /** What {@link #put} would make; nothing changes. */
  public Deployment planned(String resource, DeploymentSpec spec) {
    return new Deployment(resource, spec, catalog.find(spec.model()));
  }

  public Optional<Deployment> find(DeploymentId id) {
    return Optional.ofNullable(byId.get(id)).map(Numbered::deployment);
  }

  /**
   * Tells a deployment from others that have had its name: it keeps its number while it is changed,
   * and one that is made after it was removed has another. 0 where there is none.
   */
  public long number(DeploymentId id) {
    Numbered found = byId.get(id);
    return found == null ? 0 : found.number();
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
    return byId.values().stream().map(Numbered::deployment).toList();
  }
}
