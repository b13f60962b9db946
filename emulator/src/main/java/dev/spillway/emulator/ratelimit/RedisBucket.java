package dev.spillway.emulator.ratelimit;

import dev.spillway.time.TimeSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** A bucket in Redis. */
record RedisBucket(
    ProxyManager<byte[]> buckets,
    LongFunction<ProxyManager<byte[]>> bucketsAsOf,
    RedisKey key,
    Duration period,
    TimeSource time)
    implements BucketHome {

  @Override
  public Bucket bucket(BucketConfiguration configuration) {
    return buckets.builder().build(key.bytes(), () -> configuration);
  }

  /**
   * Every window has a number, and whoever asks for a number that has begun gets the one that runs.
   * So of several replicas that find the bucket full, one begins the window and the others charge
   * it. Windows are numbered by the period in which they begin, which never holds two beginnings.
   */
  @Override
  public Bucket restarted(BucketConfiguration configuration) {
    long window = time.nanoTime() / period.toNanos();
    return buckets
        .builder()
        .withImplicitConfigurationReplacement(window, TokensInheritanceStrategy.RESET)
        .build(key.bytes(), () -> configuration);
  }

  @Override
  public long availableIn(long nanos, VerboseResult<Long> now) {
    BucketState state = now.getState().copy();
    state.refillAllBandwidth(now.getOperationTimeNanos() + nanos);
    return state.getAvailableTokens();
  }

  @Override
  public void asOf(long nanosAgo, Consumer<BucketHome> step) {
    step.accept(new RedisBucket(bucketsAsOf.apply(nanosAgo), bucketsAsOf, key, period, time));
  }

  @Override
  public void remove() {
    key.delete();
  }
}
