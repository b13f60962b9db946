package dev.spillway.emulator.ratelimit;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.time.TimeSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The limits of all deployments; each has its own, and a change of one touches no other. */
public final class RateLimiters {

  private final TimeSource time;
  private final LimitTable table;
  private final ChargeBy chargeBy;
  private final AtomicInteger unsettled = new AtomicInteger();
  private final ConcurrentHashMap<String, DeploymentLimiter> byName = new ConcurrentHashMap<>();

  public RateLimiters(TimeSource time, LimitTable table, ChargeBy chargeBy) {
    this.time = time;
    this.table = table;
    this.chargeBy = chargeBy;
  }

  /** Makes the deployment's limits, or changes them and keeps what they have charged. */
  public void follow(Deployment deployment) {
    limiter(deployment).follow(deployment, table.of(deployment.model().modelClass()));
  }

  public void forget(String name) {
    byName.remove(name);
  }

  /** Charges one request and the tokens that its rule estimates. */
  public Admission admit(Deployment deployment, ChatRequest request) {
    DeploymentLimiter limiter = limiter(deployment);
    return limiter.admit(limiter.row().charge(chargeBy).tokens(request));
  }

  /** Charges one request and no tokens, for a body that nobody can read. */
  public Admission admitUnreadable(Deployment deployment) {
    return limiter(deployment).admit(0);
  }

  public LimitReadings read(Deployment deployment) {
    return limiter(deployment).read();
  }

  /** How many permits have been given and not settled yet. */
  public int unsettled() {
    return unsettled.get();
  }

  private DeploymentLimiter limiter(Deployment deployment) {
    return byName.computeIfAbsent(
        deployment.name(),
        name ->
            new DeploymentLimiter(
                deployment, table.of(deployment.model().modelClass()), time, unsettled));
  }
}
