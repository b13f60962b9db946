package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.emulator.ratelimit.LimitStore.Shelf;
import dev.spillway.emulator.request.ModelRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The two limits of one Standard deployment, charged as one step. */
final class DeploymentLimiter implements Limiter {

  private final Shelf shelf;
  private final AbusePenalty penalty;
  private final AtomicInteger unsettled;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Lock forCalls;
  private Deployment deployment;
  private volatile LimitTable.Row row;
  private volatile Restraint restraint = Restraint.NONE;
  private Gauge tokens;
  private Gauge requests;

  DeploymentLimiter(
      Deployment deployment,
      LimitTable.Row row,
      Shelf shelf,
      AbusePenalty penalty,
      AtomicInteger unsettled) {
    this.shelf = shelf;
    this.penalty = penalty;
    this.unsettled = unsettled;
    this.forCalls = shelf.forCalls(lock);
    this.deployment = deployment;
    this.row = row;
    this.tokens = Gauge.open("tokens", row.tokens(), deployment.tokensPerMinute(), shelf);
    this.requests = Gauge.open("requests", row.requests(), deployment.requestsPerMinute(), shelf);
  }

  /** Follows a change of the deployment; what was charged stays charged. */
  void follow(Deployment changed, LimitTable.Row newRow) {
    endRestraint();
    lock.writeLock().lock();
    try {
      change(changed, newRow, restraint, 0);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Leaves it only a part of its limits for a while; what was charged stays charged. */
  void reduce(int percent, Duration lasting) {
    restrain(Restraint.of(percent, lasting, shelf.time()));
  }

  /** Gives it all of its limits back. */
  void restore() {
    restrain(Restraint.NONE);
  }

  private void restrain(Restraint changed) {
    endRestraint();
    lock.writeLock().lock();
    try {
      change(deployment, row, changed, 0);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Makes good that nobody was here when it ended: the windows renew as if somebody had been. */
  private void endRestraint() {
    if (restraint.nanosOver(shelf.time()) < 0) {
      return;
    }
    lock.writeLock().lock();
    try {
      long nanosOver = restraint.nanosOver(shelf.time());
      if (nanosOver >= 0) {
        change(deployment, row, Restraint.NONE, nanosOver);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void change(
      Deployment changed, LimitTable.Row newRow, Restraint newRestraint, long nanosAgo) {
    Limit newTokens = newRestraint.of(changed.tokensPerMinute());
    Limit newRequests = newRestraint.of(changed.requestsPerMinute());
    tokens = tokens.changed(newRow.tokens(), newTokens, shelf, nanosAgo);
    requests = requests.changed(newRow.requests(), newRequests, shelf, nanosAgo);
    deployment = changed;
    row = newRow;
    restraint = newRestraint;
    if (newRequests.isUnlimited()) {
      penalty.forget();
    }
  }

  /** Charges what the rule of the deployment's model makes of the request. */
  Admission admit(ModelRequest request, ChargeBy by) {
    return admit(row.charge(by).tokens(request));
  }

  /**
   * Takes the request first: a refused one costs it too. So nothing ever has to be given back, and
   * the two charges are as good as one step even to replicas that share the limits.
   */
  Admission admit(long charge) {
    endRestraint();
    forCalls.lock();
    try {
      boolean requestLeft = !penalty.isActive() && requests.charge(1);
      boolean enoughTokens = requestLeft ? tokens.charge(charge) : tokens.has(charge);
      if (requestLeft) {
        penalty.served();
      } else {
        penalty.refused(requests);
      }
      if (!enoughTokens || !requestLeft) {
        return denied(charge, enoughTokens);
      }
      LimitReadings readings = readings();
      return new Admission.Admitted(
          new Permit(charge, unsettled, Permit.Correction.NONE), readings);
    } finally {
      forCalls.unlock();
    }
  }

  @Override
  public LimitReadings read() {
    endRestraint();
    forCalls.lock();
    try {
      return readings();
    } finally {
      forCalls.unlock();
    }
  }

  @Override
  public void forget() {
    lock.writeLock().lock();
    try {
      tokens.forget();
      requests.forget();
      penalty.forget();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The wait is until both limits would let the request in, whichever is named. */
  private Admission.Denied denied(long charge, boolean enoughTokens) {
    Limited limited = enoughTokens ? Limited.REQUESTS : Limited.TOKENS;
    long forOne = Math.max(penalty.nanosLeft(), requests.nanosUntil(1));
    long nanos = Math.max(tokens.nanosUntil(charge), forOne);
    Optional<Duration> wait =
        nanos == LimitWindow.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    return new Admission.Denied(limited, wait, readings());
  }

  private LimitReadings readings() {
    return new LimitReadings.Windows(
        tokens.read(), penalty.read(requests), restraint.read(shelf.time()), penalty.isActive());
  }
}
