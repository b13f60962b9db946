package dev.spillway.emulator.deployment;

import dev.spillway.control.Limit;

/** Whether a deployment may have the capacity that it asks for. */
public sealed interface Allocation {

  /** It may. */
  record Granted() implements Allocation {}

  /**
   * A pool has not so much left.
   *
   * @param deployment what asks
   * @param required what it asks for above what it has
   * @param used what all deployments of the pool have
   */
  record Exceeded(Deployment deployment, QuotaPool pool, Limit required, long used)
      implements Allocation {

    /** What is wrong with the deployment. */
    public String what() {
      return "takes %s of the quota '%s' in %s, which has %d left of %d"
          .formatted(required, pool.name(), pool.region(), pool.limit() - used, pool.limit());
    }

    /** The same with its name. */
    public String sentence() {
      return "the deployment '%s' of '%s' %s"
          .formatted(deployment.name(), deployment.resource(), what());
    }

    /** In the service's own words. */
    public String message() {
      String name = pool.displayName();
      return ("This operation require %s new capacity in quota %s, which is bigger than the current"
              + " available capacity %d. The current quota usage is %d and the quota limit is %d for"
              + " quota %s.")
          .formatted(
              required.isUnlimited() ? "unlimited" : Long.toString(required.count()),
              name,
              Math.max(0, pool.limit() - used),
              used,
              pool.limit(),
              name);
    }
  }
}
