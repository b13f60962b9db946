package dev.spillway.emulator.deployment;

import dev.spillway.control.Limit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the subscriptions of this emulator may give out, and what they have.
 *
 * <p>Who makes or changes a deployment asks {@link #check} first, and lets nobody else change one
 * in between.
 */
public final class Quotas {

  private final List<QuotaPool> pools;
  private final Resources resources;
  private final Deployments deployments;

  public Quotas(List<QuotaPool> pools, Resources resources, Deployments deployments) {
    this.pools = List.copyOf(pools);
    this.resources = resources;
    this.deployments = deployments;
  }

  /** Whether every pool has room for this deployment in the place of the one of its name. */
  public Allocation check(Deployment next) {
    return pools.stream()
        .filter(pool -> covers(pool, next))
        .map(pool -> check(pool, next))
        .filter(Allocation.Exceeded.class::isInstance)
        .findFirst()
        .orElseGet(Allocation.Granted::new);
  }

  /**
   * Whether every pool has room for all of these.
   *
   * @param accounts whose they are
   * @param asking served in this order
   */
  public Allocation checkAll(List<Resource> accounts, List<Deployment> asking) {
    Resources those = new Resources(accounts);
    Map<QuotaPool, Long> given = new HashMap<>();
    for (Deployment next : asking) {
      Limit capacity = next.spec().capacity();
      for (QuotaPool pool : pools) {
        if (covers(those, pool, next)) {
          long used = given.getOrDefault(pool, 0L);
          if (capacity.isUnlimited() || used + capacity.count() > pool.limit()) {
            return new Allocation.Exceeded(next, pool, capacity, used);
          }
          given.put(pool, used + capacity.count());
        }
      }
    }
    return new Allocation.Granted();
  }

  private Allocation check(QuotaPool pool, Deployment next) {
    long has =
        members(pool).filter(one -> one.id().equals(next.id())).mapToLong(Quotas::capacity).sum();
    long used = used(pool);
    Limit asked = next.spec().capacity();
    boolean fits = !asked.isUnlimited() && asked.count() - has <= pool.limit() - used;
    if (fits || (!asked.isUnlimited() && asked.count() <= has)) {
      return new Allocation.Granted();
    }
    Limit required = asked.isUnlimited() ? asked : Limit.of(asked.count() - has);
    return new Allocation.Exceeded(next, pool, required, used);
  }

  /**
   * Every pool of a region, and for what is deployed there without one, what is used of it.
   *
   * @return in the order of the configuration, then of the deployments
   */
  public List<QuotaUsage> usages(String subscription, String region) {
    Stream<QuotaUsage> capped =
        pools.stream()
            .filter(pool -> pool.isIn(subscription, region))
            .map(pool ->
                new QuotaUsage(
                    pool.name(), pool.displayName(), used(pool), Limit.of(pool.limit())));
    Stream<QuotaUsage> free =
        deployments.all().stream()
            .filter(one -> pools.stream().noneMatch(pool -> covers(pool, one)))
            .map(one -> openPool(subscription, region, one))
            .filter(pool -> members(pool).findAny().isPresent())
            .distinct()
            .map(pool ->
                new QuotaUsage(pool.name(), pool.displayName(), used(pool), Limit.UNLIMITED));
    return Stream.concat(capped, free).toList();
  }

  /** What would be its pool if it had one. */
  private static QuotaPool openPool(String subscription, String region, Deployment deployment) {
    String model = deployment.provisioned() ? null : deployment.model().name();
    return new QuotaPool(subscription, region, model, deployment.spec().sku(), 0);
  }

  private long used(QuotaPool pool) {
    return members(pool).mapToLong(Quotas::capacity).sum();
  }

  private Stream<Deployment> members(QuotaPool pool) {
    return deployments.all().stream().filter(one -> covers(pool, one));
  }

  private boolean covers(QuotaPool pool, Deployment deployment) {
    return covers(resources, pool, deployment);
  }

  private static boolean covers(Resources accounts, QuotaPool pool, Deployment deployment) {
    return accounts
        .find(deployment.resource())
        .map(resource -> pool.covers(resource, deployment))
        .orElse(false);
  }

  /** Without a limit none; a pool never grants that. */
  private static long capacity(Deployment deployment) {
    Limit capacity = deployment.spec().capacity();
    return capacity.isUnlimited() ? 0 : capacity.count();
  }
}
