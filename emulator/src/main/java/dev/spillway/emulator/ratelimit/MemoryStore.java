package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.time.TimeSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** Limits in this process, which nobody else sees. */
public record MemoryStore(TimeSource time) implements LimitStore, LimitStore.Shelf {

  @Override
  public Shelf of(DeploymentId deployment) {
    return this;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public LimitWindow window(String name, WindowRule rule, Limit limit) {
    BucketHome.Maker maker = configuration -> BucketHome.inMemory(configuration, new Meter(time));
    return switch (rule.shape()) {
      case TUMBLING -> new BucketWindow(limit, rule.period(), true, maker);
      case CONTINUOUS -> new BucketWindow(limit, rule.period(), false, maker);
      case SLIDING -> new SlidingWindow(limit, rule.period(), time);
    };
  }

  @Override
  public LeakyBucket.Home leakyBucket(Limit tokensPerMinute) {
    return new LeakyBucket.InMemory(new LeakyBucket(tokensPerMinute, time));
  }

  @Override
  public Lock forCalls(ReadWriteLock lock) {
    return lock.writeLock();
  }

  @Override
  public void close() {}
}
