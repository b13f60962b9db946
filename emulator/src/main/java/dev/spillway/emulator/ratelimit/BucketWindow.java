package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;

/**
 * A token bucket: continuous, or tumbling from the first charge after the last window ended.
 *
 * <p>A limit of 0, which Bucket4j does not know, is a bucket of 1 with nothing ever taken from it.
 */
final class BucketWindow implements LimitWindow {

  private final Duration period;
  private final boolean tumbling;
  private final BucketHome home;
  private Limit limit;
  private BucketConfiguration configuration;

  BucketWindow(Limit limit, Duration period, boolean tumbling, BucketHome.Maker maker) {
    this.period = period;
    this.tumbling = tumbling;
    this.limit = limit;
    this.configuration = configuration();
    this.home = maker.home(configuration);
  }

  @Override
  public boolean has(long amount) {
    return amount <= remaining();
  }

  @Override
  public boolean charge(long amount) {
    if (amount == 0 || limit.count() == 0) {
      return amount == 0;
    }
    return tumbling ? chargeTumbling(amount) : home.bucket(configuration).tryConsume(amount);
  }

  /** A window begins with the first charge that finds everything there, and only with a charge. */
  private boolean chargeTumbling(long amount) {
    VerboseResult<Long> now = look();
    if (amount > now.getValue()) {
      return false;
    }
    boolean full = now.getValue() >= capacity(now);
    Bucket bucket = full ? home.restarted(configuration) : home.bucket(configuration);
    return bucket.tryConsume(amount);
  }

  @Override
  public long nanosUntil(long amount) {
    return amount > limit.count() ? NEVER : nanosUntil(amount, look());
  }

  @Override
  public long remaining() {
    return limit.count() == 0 ? 0 : Math.min(limit.count(), look().getValue());
  }

  @Override
  public long nanosUntilFull() {
    VerboseResult<Long> now = look();
    return nanosUntil(Math.min(limit.count(), capacity(now)), now);
  }

  /**
   * Keeps the window that runs, and what it charged, up to the new limit. A surplus goes first:
   * what is full after a change, Bucket4j takes for full to the last part of a token.
   */
  @Override
  public void resize(Limit newLimit, long nanosAgo) {
    home.asOf(nanosAgo, then -> resize(newLimit, then));
  }

  private void resize(Limit newLimit, BucketHome home) {
    limit = newLimit;
    VerboseResult<Long> now = look(home);
    long charged = Math.min(capacity(now) - now.getValue(), newLimit.count());
    long missing = size(newLimit) - charged - now.getValue();
    Bucket bucket = home.bucket(configuration);
    if (missing < 0) {
      long unused = bucket.consumeIgnoringRateLimits(-missing);
    }
    configuration = configuration();
    bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS);
    if (missing > 0) {
      bucket.addTokens(missing);
    }
    if (newLimit.count() == 0) {
      home.remove(); // there is no window to keep
    }
  }

  @Override
  public void forget() {
    home.remove();
  }

  /** What is more than the bucket holds, since another replica made it smaller, never comes. */
  private long nanosUntil(long amount, VerboseResult<Long> now) {
    if (limit.count() == 0 || amount <= now.getValue()) {
      return 0;
    }
    if (amount > capacity(now)) {
      return NEVER;
    }
    long nanos =
        now.getState()
            .calculateDelayNanosAfterWillBePossibleToConsume(
                amount, now.getOperationTimeNanos(), false);
    for (long step = 1; home.availableIn(nanos, now) < amount; step *= 2) {
      nanos += step; // Bucket4j rounds it down
    }
    return nanos;
  }

  private VerboseResult<Long> look() {
    return look(home);
  }

  private VerboseResult<Long> look(BucketHome home) {
    return home.bucket(configuration).asVerbose().getAvailableTokens();
  }

  /** What the bucket holds now, which another replica may have changed. */
  private static long capacity(VerboseResult<Long> now) {
    return now.getConfiguration().getBandwidths()[0].getCapacity();
  }

  private BucketConfiguration configuration() {
    return BucketConfiguration.builder().addLimit(bandwidth()).build();
  }

  private Bandwidth bandwidth() {
    long size = size(limit);
    var capacity = Bandwidth.builder().capacity(size);
    return tumbling
        ? capacity.refillIntervally(size, period).build()
        : capacity.refillGreedy(size, period).build();
  }

  private static long size(Limit limit) {
    return Math.max(1, limit.count());
  }
}
