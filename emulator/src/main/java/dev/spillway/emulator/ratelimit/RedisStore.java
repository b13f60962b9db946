package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.RedisAddress;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * Limits in Redis, which every emulator charges that is given the same one.
 *
 * <p>Keys are {@code spillway:<resource>:<deployment>:<what>} and expire by themselves. Time is the
 * machine's wall clock, so the replicas' clocks must agree.
 */
final class RedisStore implements LimitStore {

  private static final Duration RECONNECT = Duration.ofMillis(250);

  /** How much longer a key stays than it says anything. */
  static final Duration KEPT = Duration.ofMinutes(1);

  private final ClientResources resources;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final ProxyManager<byte[]> buckets;
  private final RedisGuard guard;
  private final TimeSource time;
  private final Duration patience;

  private RedisStore(
      ClientResources resources,
      RedisClient client,
      StatefulRedisConnection<byte[], byte[]> connection,
      RedisGuard guard,
      TimeSource time,
      Duration patience) {
    this.resources = resources;
    this.client = client;
    this.connection = connection;
    this.guard = guard;
    this.time = new EpochTime(time);
    this.patience = patience;
    this.buckets = bucketsAsOf(0);
  }

  /** The buckets as they were so long ago, for a change that was due then. */
  private ProxyManager<byte[]> bucketsAsOf(long nanosAgo) {
    Meter meter = new Meter(time);
    meter.lookAhead(-nanosAgo);
    return Bucket4jLettuce.casBasedBuilder(connection)
        .clientClock(meter)
        .requestTimeout(patience)
        .expirationAfterWrite(
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
        .build();
  }

  /**
   * Connects.
   *
   * @param time whose wall clock is the other replicas'
   * @param patience for one command
   * @throws LimitStoreException when nobody answers there
   */
  static RedisStore connect(RedisAddress address, TimeSource time, Duration patience) {
    ClientResources resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(RECONNECT))
            .build();
    RedisURI uri = RedisURI.create(address.uri());
    uri.setTimeout(patience);
    RedisClient client = RedisClient.create(resources, uri);
    client.setOptions(options(patience));
    RedisGuard guard = new RedisGuard(address);
    StatefulRedisConnection<byte[], byte[]> connection;
    try {
      connection = client.connect(ByteArrayCodec.INSTANCE);
    } catch (RedisException e) {
      stop(client, resources);
      throw guard.unreachable(e);
    }
    return new RedisStore(resources, client, connection, guard, time, patience);
  }

  private static ClientOptions options(Duration patience) {
    return ClientOptions.builder()
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .timeoutOptions(TimeoutOptions.enabled(patience))
        .socketOptions(SocketOptions.builder().connectTimeout(patience).build())
        .build();
  }

  @Override
  public Shelf of(DeploymentId deployment) {
    return new RedisShelf("spillway:" + deployment.resource() + ":" + deployment.name() + ":");
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    connection.close();
    stop(client, resources);
  }

  private static void stop(RedisClient client, ClientResources resources) {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    var unused = resources.shutdown(0, 1, java.util.concurrent.TimeUnit.SECONDS);
  }

  private final class RedisShelf implements Shelf {
    private final String prefix;

    RedisShelf(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public TimeSource time() {
      return time;
    }

    @Override
    public LimitWindow window(String name, WindowRule rule, Limit limit) {
      return switch (rule.shape()) {
        case TUMBLING -> bucket(name, rule, limit, true);
        case CONTINUOUS -> bucket(name, rule, limit, false);
        case SLIDING -> new RedisSlidingWindow(key(name + "-sliding"), rule.period(), limit, time);
      };
    }

    private LimitWindow bucket(String name, WindowRule rule, Limit limit, boolean tumbling) {
      BucketHome home =
          new RedisBucket(buckets, RedisStore.this::bucketsAsOf, key(name), rule.period(), time);
      LimitWindow window =
          new GuardedWindow(
              new BucketWindow(limit, rule.period(), tumbling, configuration -> home), guard);
      window.resize(limit); // somebody else may have made it another size
      return window;
    }

    @Override
    public LeakyBucket.Home leakyBucket(Limit tokensPerMinute) {
      LeakyBucket.Home home = new RedisLeakyBucket(key("throughput"), tokensPerMinute, time);
      var unused =
          home.change(it -> it.limit().equals(tokensPerMinute) ? it : it.resize(tokensPerMinute));
      return home;
    }

    @Override
    public Lock forCalls(ReadWriteLock lock) {
      return lock.readLock();
    }

    private RedisKey key(String name) {
      return new RedisKey(prefix + name, connection, guard);
    }
  }
}
