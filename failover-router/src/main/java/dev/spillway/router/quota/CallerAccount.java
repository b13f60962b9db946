package dev.spillway.router.quota;

import dev.spillway.router.auth.Quota;
import dev.spillway.router.quota.Admission.Admitted;
import dev.spillway.router.quota.Admission.Limit;
import dev.spillway.router.quota.Admission.Over;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller's tokens and requests, charged as one step: a request that is refused costs nothing.
 */
final class CallerAccount {

  private final Quota quota;
  private final @Nullable Allowance tokens;
  private final @Nullable Allowance requests;

  CallerAccount(Quota quota, long now) {
    this.quota = quota;
    this.tokens = allowance(quota.tokensPerMinute(), now);
    this.requests = allowance(quota.requestsPerMinute(), now);
  }

  private static @Nullable Allowance allowance(long perMinute, long now) {
    return perMinute == Quota.UNLIMITED ? null : new Allowance(perMinute, now);
  }

  Quota quota() {
    return quota;
  }

  Admission admit(LongSupplier estimate, long now) {
    long amount = tokens == null ? 0 : estimated(estimate);
    synchronized (this) {
      Duration forTokens = wait(tokens, amount, now);
      Duration forRequests = wait(requests, 1, now);
      if (!forTokens.isZero() || !forRequests.isZero()) {
        return forTokens.compareTo(forRequests) >= 0
            ? new Over(Limit.TOKENS, quota.tokensPerMinute(), forTokens)
            : new Over(Limit.REQUESTS, quota.requestsPerMinute(), forRequests);
      }
      allowance(requests).ifPresent(allowance -> allowance.take(1, now));
      allowance(tokens).ifPresent(allowance -> allowance.take(amount, now));
    }
    return new Admitted(tokens == null ? new Charge.Free() : new Charged(this, amount));
  }

  /** No estimate is above a whole minute; what was really used may be. */
  private long estimated(LongSupplier estimate) {
    return Math.clamp(estimate.getAsLong(), 0, quota.tokensPerMinute());
  }

  private static Duration wait(@Nullable Allowance allowance, long amount, long now) {
    return allowance == null ? Duration.ZERO : allowance.waitFor(amount, now);
  }

  private static Optional<Allowance> allowance(@Nullable Allowance allowance) {
    return Optional.ofNullable(allowance);
  }

  private synchronized void correct(long charged, long used, long now) {
    allowance(tokens).ifPresent(allowance -> allowance.take(used - charged, now));
  }

  /** An estimate that waits for the truth. */
  static final class Charged implements Charge {

    private final CallerAccount account;
    private final long estimate;
    private final AtomicBoolean settled = new AtomicBoolean();

    private Charged(CallerAccount account, long estimate) {
      this.account = account;
      this.estimate = estimate;
    }

    @Override
    public void used(long tokens, long now) {
      if (settled.compareAndSet(false, true)) {
        account.correct(estimate, tokens, now);
      }
    }
  }
}
