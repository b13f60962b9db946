package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;

/**
 * A token bucket: continuous, or tumbling from the first charge after the last window ended.
 *
 * <p>A limit of 0, which Bucket4j does not know, is a bucket of 1 with nothing ever taken from it.
 */
final class BucketWindow implements LimitWindow {

  private final Duration period;
  private final boolean tumbling;
  private final Meter meter;
  private final Bucket bucket;
  private Limit limit;

  BucketWindow(Limit limit, Duration period, boolean tumbling, TimeSource time) {
    this.period = period;
    this.tumbling = tumbling;
    this.limit = limit;
    this.meter = new Meter(time);
    this.bucket =
        Bucket.builder()
            .addLimit(bandwidth(limit))
            .withCustomTimePrecision(meter)
            // The others refill the bucket when it is only read, and that ahead of time.
            .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
            .build();
  }

  @Override
  public boolean has(long amount) {
    return amount <= remaining();
  }

  @Override
  public void charge(long amount) {
    if (amount == 0) {
      return;
    }
    if (tumbling && isFull()) {
      bucket.replaceConfiguration(configuration(), TokensInheritanceStrategy.RESET);
    }
    if (!bucket.tryConsume(amount)) {
      throw new IllegalStateException(amount + " charged where " + remaining() + " were left");
    }
  }

  @Override
  public long nanosUntil(long amount) {
    if (amount > limit.count()) {
      return NEVER;
    }
    if (has(amount)) {
      return 0;
    }
    long nanos = bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill();
    for (long step = 1; availableIn(nanos) < amount; step *= 2) {
      nanos += step;
    }
    return nanos;
  }

  @Override
  public long remaining() {
    return limit.count() == 0 ? 0 : bucket.getAvailableTokens();
  }

  @Override
  public long nanosUntilFull() {
    return nanosUntil(limit.count());
  }

  /**
   * Keeps the window that runs, and what it charged, up to the new limit. A surplus goes first:
   * what is full after a change, Bucket4j takes for full to the last part of a token.
   */
  @Override
  public void resize(Limit newLimit) {
    long charged = Math.min(limit.count() - remaining(), newLimit.count());
    long missing = size(newLimit) - charged - bucket.getAvailableTokens();
    limit = newLimit;
    if (missing < 0) {
      long unused = bucket.consumeIgnoringRateLimits(-missing);
    }
    bucket.replaceConfiguration(configuration(), TokensInheritanceStrategy.AS_IS);
    if (missing > 0) {
      bucket.addTokens(missing);
    }
  }

  /** To see whether a wait is long enough: Bucket4j rounds it down. */
  private long availableIn(long nanos) {
    meter.ahead = nanos;
    try {
      return bucket.getAvailableTokens();
    } finally {
      meter.ahead = 0;
    }
  }

  private boolean isFull() {
    return remaining() == limit.count();
  }

  private BucketConfiguration configuration() {
    return BucketConfiguration.builder().addLimit(bandwidth(limit)).build();
  }

  private Bandwidth bandwidth(Limit size) {
    var capacity = Bandwidth.builder().capacity(size(size));
    return tumbling
        ? capacity.refillIntervally(size(size), period).build()
        : capacity.refillGreedy(size(size), period).build();
  }

  private static long size(Limit limit) {
    return Math.max(1, limit.count());
  }

  /** Bucket4j's view of our time, which can look ahead. */
  private static final class Meter implements TimeMeter {
    private final TimeSource time;
    private long ahead;

    Meter(TimeSource time) {
      this.time = time;
    }

    @Override
    public long currentTimeNanos() {
      return time.nanoTime() + ahead;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
