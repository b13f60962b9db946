package dev.spillway.emulator.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.util.function.Consumer;

/** Where the bucket of one window is. */
interface BucketHome {

  /**
   * The bucket.
   *
   * @param configuration of a new one, where there is none any more
   */
  Bucket bucket(BucketConfiguration configuration);

  /** The bucket, full and with a window that begins now. */
  Bucket restarted(BucketConfiguration configuration);

  /** What will be there after so long, when nothing more is charged. */
  long availableIn(long nanos, VerboseResult<Long> now);

  /** Does a step that was due so long ago; nothing has been charged since. */
  void asOf(long nanosAgo, Consumer<BucketHome> step);

  void remove();

  /** Makes a home for a bucket that begins with a configuration. */
  interface Maker {
    BucketHome home(BucketConfiguration configuration);
  }

  /** One in this process. */
  static BucketHome inMemory(BucketConfiguration configuration, Meter meter) {
    var limits = Bucket.builder();
    for (var bandwidth : configuration.getBandwidths()) {
      limits = limits.addLimit(bandwidth);
    }
    // The other strategies refill the bucket when it is only read, and that ahead of time.
    return new InMemory(
        limits
            .withCustomTimePrecision(meter)
            .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
            .build(),
        meter);
  }

  /** A bucket that nobody else sees. */
  record InMemory(Bucket only, Meter meter) implements BucketHome {

    @Override
    public Bucket bucket(BucketConfiguration configuration) {
      return only;
    }

    @Override
    public Bucket restarted(BucketConfiguration configuration) {
      only.replaceConfiguration(configuration, TokensInheritanceStrategy.RESET);
      return only;
    }

    @Override
    public long availableIn(long nanos, VerboseResult<Long> now) {
      meter.lookAhead(nanos);
      try {
        return only.getAvailableTokens();
      } finally {
        meter.lookAhead(0);
      }
    }

    @Override
    public void asOf(long nanosAgo, Consumer<BucketHome> step) {
      meter.lookAhead(-nanosAgo);
      try {
        step.accept(this);
      } finally {
        meter.lookAhead(0);
      }
    }

    @Override
    public void remove() {}
  }
}
