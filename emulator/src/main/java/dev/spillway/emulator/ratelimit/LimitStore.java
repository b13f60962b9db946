package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.RedisAddress;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** Where limits are kept: in this process, or where other replicas see them too. */
public interface LimitStore extends AutoCloseable {

  /** The limits of one deployment. */
  Shelf of(DeploymentId deployment);

  /**
   * Limits in Redis.
   *
   * @param time whose wall clock is the other replicas'
   * @param patience how long Redis may take for one command; a call makes several, but gives up
   *     with the first that fails
   * @throws LimitStoreException when nobody answers there
   */
  static LimitStore redis(RedisAddress address, TimeSource time, Duration patience) {
    return RedisStore.connect(address, time, patience);
  }

  /** Whether other processes see what is charged here. */
  boolean isShared();

  @Override
  void close();

  /** Where one deployment's limits are kept. */
  interface Shelf {

    /** The time that its windows follow. */
    TimeSource time();

    /**
     * Opens a window, or joins the one that is there.
     *
     * @param name what it limits
     */
    LimitWindow window(String name, WindowRule rule, Limit limit);

    /** Opens the bucket of a provisioned deployment, or joins the one that is there. */
    LeakyBucket.Home leakyBucket(Limit tokensPerMinute);

    /**
     * What a call holds while it charges. Whoever changes the limits holds the write lock; a store
     * whose every step is one by itself lets calls pass each other.
     */
    Lock forCalls(ReadWriteLock lock);
  }
}
