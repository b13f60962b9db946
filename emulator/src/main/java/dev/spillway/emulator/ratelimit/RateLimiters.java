package dev.spillway.emulator.ratelimit;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.request.ModelRequest;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The limits of all deployments; each has its own, and a change of one touches no other. */
public final class RateLimiters {

  private final LimitStore store;
  private final LimitTable table;
  private final ChargeBy chargeBy;
  private final boolean abusePenalty;
  private final AtomicInteger unsettled = new AtomicInteger();
  private final ConcurrentHashMap<DeploymentId, Limiter> byId = new ConcurrentHashMap<>();

  /** Limits without an abuse penalty. */
  RateLimiters(LimitStore store, LimitTable table, ChargeBy chargeBy) {
    this(store, table, chargeBy, false);
  }

  /**
   * Limits.
   *
   * @param abusePenalty whether callers suffer for not waiting; only for limits that nobody shares
   */
  public RateLimiters(LimitStore store, LimitTable table, ChargeBy chargeBy, boolean abusePenalty) {
    if (abusePenalty && store.isShared()) {
      throw new IllegalArgumentException("an abuse penalty is not shared");
    }
    this.abusePenalty = abusePenalty;
    this.store = store;
    this.table = table;
    this.chargeBy = chargeBy;
  }

  /** Makes the deployment's limits, or changes them and keeps what they have charged. */
  public void follow(Deployment deployment) {
    byId.compute(deployment.id(), (id, known) -> followed(known, deployment));
  }

  /**
   * Leaves a Standard deployment only so many hundredths of its limits for a while.
   *
   * @throws IllegalArgumentException for a provisioned one
   */
  public void reduce(Deployment deployment, int percent, Duration lasting) {
    standard(deployment).reduce(percent, lasting);
  }

  /**
   * Gives a Standard deployment all of its limits back.
   *
   * @throws IllegalArgumentException for a provisioned one
   */
  public void restore(Deployment deployment) {
    standard(deployment).restore();
  }

  private DeploymentLimiter standard(Deployment deployment) {
    return switch (limiter(deployment)) {
      case DeploymentLimiter standard -> standard;
      case ProvisionedLimiter provisioned ->
          throw new IllegalArgumentException(
              "'%s' is provisioned: only the limits of Standard deployments are reduced"
                  .formatted(deployment.name()));
    };
  }

  public void forget(DeploymentId id) {
    Limiter forgotten = byId.remove(id);
    if (forgotten != null) {
      forgotten.forget();
    }
  }

  /** Whether other processes charge these limits too. */
  public boolean areShared() {
    return store.isShared();
  }

  /**
   * Charges a request: one request and the tokens that a Standard deployment's rule estimates, or a
   * provisioned one's estimated cost.
   *
   * @param uncachedPromptTokens the tokens of the prompt that no cache has; asked only by a
   *     provisioned deployment with room
   */
  public Admission admit(
      Deployment deployment, ModelRequest request, IntSupplier uncachedPromptTokens) {
    return switch (limiter(deployment)) {
      case DeploymentLimiter standard -> standard.admit(request, chargeBy);
      case ProvisionedLimiter provisioned -> provisioned.admit(request, uncachedPromptTokens);
    };
  }

  /** Charges one request and no tokens, for a body that nobody can read. */
  public Admission admitUnreadable(Deployment deployment) {
    return switch (limiter(deployment)) {
      case DeploymentLimiter standard -> standard.admit(0);
      case ProvisionedLimiter provisioned -> provisioned.admitUnreadable();
    };
  }

  public LimitReadings read(Deployment deployment) {
    return limiter(deployment).read();
  }

  /** How many permits have been given and not settled yet. */
  public int unsettled() {
    return unsettled.get();
  }

  private Limiter limiter(Deployment deployment) {
    return byId.computeIfAbsent(deployment.id(), id -> open(deployment));
  }

  /** A deployment that changes its kind starts afresh. */
  private Limiter followed(@Nullable Limiter known, Deployment deployment) {
    if (known instanceof DeploymentLimiter standard && !deployment.provisioned()) {
      standard.follow(deployment, row(deployment));
      return standard;
    }
    if (known instanceof ProvisionedLimiter provisioned && deployment.provisioned()) {
      provisioned.follow(deployment);
      return provisioned;
    }
    if (known != null) {
      known.forget();
    }
    return open(deployment);
  }

  private Limiter open(Deployment deployment) {
    LimitStore.Shelf shelf = store.of(deployment.id());
    return deployment.provisioned()
        ? new ProvisionedLimiter(deployment, shelf, unsettled)
        : new DeploymentLimiter(
            deployment,
            row(deployment),
            shelf,
            new AbusePenalty(abusePenalty, shelf.time()),
            unsettled);
  }

  private LimitTable.Row row(Deployment deployment) {
    return table.of(deployment.model().modelClass());
  }
}
