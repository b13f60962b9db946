package dev.spillway.router.replicas;

import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.RestNews;
import dev.spillway.router.link.TlsTerms;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.RedisAddress;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rests that several routers know together, in a Redis.
 *
 * <p>A rest is a key {@code spillway:rest:<quota>} that expires when it is over, so that only
 * lengths of time are told and no clock is compared; a shorter one never replaces a longer one. It
 * is also published, and what was missed is found when the keys are looked at, once a second. What
 * this router has learned itself and does not find there it tells again.
 *
 * <p>No request waits for any of it, and a Redis that is not there takes nothing else away: each
 * router then knows what it has learned by itself.
 */
public final class SharedRests implements RestNews, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedRests.class);

  private static final String PREFIX = "spillway:rest:";
  private static final String CHANNEL = "spillway:rests";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final long LEAST_DIFFERENCE = 500;
  private static final Duration RECONNECT = Duration.ofMillis(250);

  private static final String REST =
      """
      if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
        redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
      end
      redis.call('PUBLISH', ARGV[2], ARGV[3])
      return 1
      """;

  private static final String GO_ON =
      """
      redis.call('DEL', KEYS[1])
      redis.call('PUBLISH', ARGV[1], ARGV[2])
      return 1
      """;

  /** A way to Redis, and a way back. */
  private record Line(
      StatefulRedisConnection<String, String> questions,
      StatefulRedisPubSubConnection<String, String> news) {}

  private final String own = UUID.randomUUID().toString();
  private final RedisAddress address;
  private final Supplier<HealthBoard> board;
  private final TimeSource time;
  private final ClientResources resources;
  private final RedisClient client;
  private final Thread thread = Thread.ofVirtual().name("shared-rests").unstarted(this::run);

  /** When the rests end that this router has learned of itself. */
  private final Map<String, Long> learned = new ConcurrentHashMap<>();

  private volatile @Nullable Line line;
  private @Nullable Boolean up;

  /**
   * What is to be shared there.
   *
   * @param board that of now
   * @param time that the board is told
   */
  public SharedRests(
      RedisAddress address, TlsTerms tls, Supplier<HealthBoard> board, TimeSource time) {
    this.address = address;
    this.board = board;
    this.time = time;
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(RECONNECT))
            .build();
    RedisURI uri = RedisURI.create(address.uri());
    uri.setTimeout(TIMEOUT);
    this.client = RedisClient.create(resources, uri);
    client.setOptions(options(tls));
  }

  private static ClientOptions options(TlsTerms tls) {
    SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider();
    if (!tls.authorities().isEmpty()) {
      ssl.trustManager(tls.trust());
    }
    return ClientOptions.builder()
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
        .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
        .sslOptions(ssl.build())
        .build();
  }

  /** Begins to tell and to listen, as soon as there is somebody to talk to. */
  public void start() {
    thread.start();
  }

  @Override
  public void rests(String quota, Duration wait) {
    long millis = wait.toMillis();
    if (millis > 0) {
      long end = time.nanoTime() + wait.toNanos();
      learned.merge(quota, end, (one, other) -> one - other > 0 ? one : other);
      tell(REST, quota, Long.toString(millis), CHANNEL, message(millis, quota));
    }
  }

  @Override
  public void goesOn(String quota) {
    learned.remove(quota);
    tell(GO_ON, quota, CHANNEL, message(0, quota));
  }

  private String message(long millis, String quota) {
    return own + " " + millis + " " + quota;
  }

  private void tell(String script, String quota, String... arguments) {
    Line there = line;
    if (there != null) {
      try {
        String[] keys = {PREFIX + quota};
        var unused =
            there.questions().async().eval(script, ScriptOutputType.INTEGER, keys, arguments);
      } catch (RedisException e) {
        LOG.debug("{} has not been told", address, e);
      }
    }
  }

  private void run() {
    try {
      while (true) {
        look();
        TimeSource.system().sleep(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Line there = line;
      if (there == null) {
        there = connect();
        line = there;
      }
      lookAtKeys(there);
      changed(true, null);
    } catch (RedisException | ExecutionException | TimeoutException e) {
      changed(false, e);
    }
  }

  /** Once there is one, Lettuce connects it again whenever it breaks, and listens again. */
  private Line connect() {
    StatefulRedisConnection<String, String> questions = client.connect();
    try {
      StatefulRedisPubSubConnection<String, String> news = client.connectPubSub();
      news.addListener(new Listening());
      var unused = news.async().subscribe(CHANNEL);
      return new Line(questions, news);
    } catch (RedisException e) {
      questions.close();
      throw e;
    }
  }

  private void lookAtKeys(Line there)
      throws InterruptedException, ExecutionException, TimeoutException {
    HealthBoard now = board.get();
    List<String> quotas = List.copyOf(now.quotas());
    List<RedisFuture<Long>> left = new ArrayList<>();
    for (String quota : quotas) {
      left.add(there.questions().async().pttl(PREFIX + quota));
    }
    for (int i = 0; i < quotas.size(); i++) {
      long millis = left.get(i).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (millis > 0) {
        now.restElsewhere(quotas.get(i), Duration.ofMillis(millis), time.nanoTime());
      }
      tellAgain(quotas.get(i), millis);
    }
  }

  private void tellAgain(String quota, long known) {
    Long end = learned.get(quota);
    if (end != null) {
      long millis = (end - time.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        boolean unused = learned.remove(quota, end);
      } else if (millis > known + LEAST_DIFFERENCE) {
        tell(REST, quota, Long.toString(millis), CHANNEL, message(millis, quota));
      }
    }
  }

  private void changed(boolean now, @Nullable Exception why) {
    if (up == null || up != now) {
      up = now;
      if (now) {
        LOG.info("rests are shared in {}", address);
      } else {
        LOG.warn("{} does not answer; this router goes by what it learns itself: {}", address, why);
      }
    }
  }

  /** Hears what others tell, and what is no such message it does not hear. */
  private final class Listening extends RedisPubSubAdapter<String, String> {
    @Override
    public void message(String channel, String message) {
      String[] parts = message.split(" ", 3);
      if (parts.length == 3 && !parts[0].equals(own) && parts[1].matches("\\d{1,9}")) {
        long millis = Long.parseLong(parts[1]);
        if (millis == 0) {
          learned.remove(parts[2]);
          board.get().goesOnElsewhere(parts[2], time.nanoTime());
        } else {
          board.get().restElsewhere(parts[2], Duration.ofMillis(millis), time.nanoTime());
        }
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    Line there = line;
    if (there != null) {
      there.news().close();
      there.questions().close();
    }
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
