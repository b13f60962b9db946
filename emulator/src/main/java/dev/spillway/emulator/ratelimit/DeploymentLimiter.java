package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The two limits of one Standard deployment, charged as one step. */
final class DeploymentLimiter implements Limiter {

  private final TimeSource time;
  private final AtomicInteger unsettled;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile LimitTable.Row row;
  private Gauge tokens;
  private Gauge requests;

  DeploymentLimiter(
      Deployment deployment, LimitTable.Row row, TimeSource time, AtomicInteger unsettled) {
    this.time = time;
    this.unsettled = unsettled;
    this.row = row;
    this.tokens = Gauge.open(row.tokens(), deployment.tokensPerMinute(), time);
    this.requests = Gauge.open(row.requests(), deployment.requestsPerMinute(), time);
  }

  /** Follows a change of the deployment; what was charged stays charged. */
  void follow(Deployment deployment, LimitTable.Row newRow) {
    lock.lock();
    try {
      tokens = tokens.changed(newRow.tokens(), deployment.tokensPerMinute(), time);
      requests = requests.changed(newRow.requests(), deployment.requestsPerMinute(), time);
      row = newRow;
    } finally {
      lock.unlock();
    }
  }

  /** Charges what the rule of the deployment's model makes of the request. */
  Admission admit(ChatRequest request, ChargeBy by) {
    return admit(row.charge(by).tokens(request));
  }

  Admission admit(long charge) {
    lock.lock();
    try {
      boolean enoughTokens = tokens.has(charge);
      boolean requestLeft = requests.has(1);
      if (requestLeft) {
        requests.charge(1);
      }
      if (!enoughTokens || !requestLeft) {
        return denied(charge, enoughTokens);
      }
      tokens.charge(charge);
      return new Admission.Admitted(
          new Permit(charge, unsettled, Permit.Correction.NONE), readings());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public LimitReadings read() {
    lock.lock();
    try {
      return readings();
    } finally {
      lock.unlock();
    }
  }

  /** The wait is until both limits would let the request in, whichever is named. */
  private Admission.Denied denied(long charge, boolean enoughTokens) {
    Limited limited = enoughTokens ? Limited.REQUESTS : Limited.TOKENS;
    long nanos = Math.max(tokens.nanosUntil(charge), requests.nanosUntil(1));
    Optional<Duration> wait =
        nanos == LimitWindow.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    return new Admission.Denied(limited, wait, readings());
  }

  private LimitReadings readings() {
    return new LimitReadings.Windows(tokens.read(), requests.read());
  }

  /** A window with the rule and the limit it was opened for, or none where there is no limit. */
  private record Gauge(WindowRule rule, Limit limit, Optional<LimitWindow> window) {

    static Gauge open(WindowRule rule, Limit perMinute, TimeSource time) {
      Limit limit = rule.share(perMinute);
      return new Gauge(
          rule,
          limit,
          limit.isUnlimited() ? Optional.empty() : Optional.of(rule.open(limit, time)));
    }

    Gauge changed(WindowRule newRule, Limit perMinute, TimeSource time) {
      Limit newLimit = newRule.share(perMinute);
      if (window.isEmpty() || newLimit.isUnlimited() || !newRule.equals(rule)) {
        return newRule.equals(rule) && newLimit.equals(limit)
            ? this
            : open(newRule, perMinute, time);
      }
      window.get().resize(newLimit);
      return new Gauge(rule, newLimit, window);
    }

    boolean has(long amount) {
      return window.isEmpty() || window.get().has(amount);
    }

    void charge(long amount) {
      window.ifPresent(w -> w.charge(amount));
    }

    long nanosUntil(long amount) {
      return window.isEmpty() ? 0 : window.get().nanosUntil(amount);
    }

    LimitReading read() {
      return new LimitReading(
          limit,
          window.map(LimitWindow::remaining).orElse(0L),
          rule.period(),
          Duration.ofNanos(window.map(LimitWindow::nanosUntilFull).orElse(0L)));
    }
  }
}
