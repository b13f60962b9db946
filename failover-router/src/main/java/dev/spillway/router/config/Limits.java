package dev.spillway.router.config;

import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;

/**
 * The numbers of a configuration.
 *
 * @param timeout for one request with all its attempts, until its answer begins
 * @param connectTimeout for one connection
 * @param firstByteTimeout for one attempt, until its answer's headers
 * @param firstTokenTimeout for one attempt, until its stream says something
 * @param streamIdleTimeout the longest silence of a stream after that
 * @param maxAttempts for one request
 * @param maxCooldown the longest wait that is believed
 * @param defaultCooldown the rest where no wait was named, or one that is not believed; zero for
 *     none
 * @param maxWait how long a request may wait for a rest to end when every backend rests
 * @param retryShare how many of a hundred requests may be retried after an attempt that may have
 *     been executed
 * @param retryFloor how many a second may be anyhow
 * @param slowStart how long it takes until a backend that has recovered gets all of its share
 * @param bodies how much of the requests' bodies is kept, and where
 * @param maxBufferedResponse the longest unstreamed answer that is checked before it is passed on
 * @param traces how many traces are kept
 * @param lookAhead whether deployments that would refuse are passed over
 */
public record Limits(
    Duration timeout,
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration firstTokenTimeout,
    Duration streamIdleTimeout,
    int maxAttempts,
    Duration maxCooldown,
    Duration defaultCooldown,
    Duration maxWait,
    RetryAmbiguous retryAmbiguous,
    int retryShare,
    int retryFloor,
    Duration slowStart,
    BodyLimits bodies,
    int maxBufferedResponse,
    int traces,
    boolean lookAhead) {

  private static final int MIB = 1024 * 1024;
  private static final int MOST_BYTES = 1024 * MIB;
  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_RETRIES = 1_000_000;
  private static final int MOST_TRACES = 100_000;

  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(120),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          5,
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ZERO,
          RetryAmbiguous.ONCE,
          20,
          10,
          Duration.ofSeconds(10),
          BodyKeys.DEFAULT,
          8 * MIB,
          200,
          true);

  /** The limits among the keys of the file's root. */
  public static Limits read(YamlMap root) {
    return new Limits(
        timeout(root, DEFAULT.timeout),
        positive(root, "connect-timeout", DEFAULT.connectTimeout),
        positive(root, "first-byte-timeout", DEFAULT.firstByteTimeout),
        positive(root, "first-token-timeout", DEFAULT.firstTokenTimeout),
        positive(root, "stream-idle-timeout", DEFAULT.streamIdleTimeout),
        maxAttempts(root, DEFAULT.maxAttempts),
        positive(root, "max-cooldown", DEFAULT.maxCooldown),
        root.find("default-cooldown").map(YamlValue::duration).orElse(DEFAULT.defaultCooldown),
        maxWait(root, DEFAULT.maxWait),
        retryAmbiguous(root, DEFAULT.retryAmbiguous),
        number(root, "retry-share", 0, 100, DEFAULT.retryShare),
        number(root, "retry-floor", 0, MOST_RETRIES, DEFAULT.retryFloor),
        root.find("slow-start").map(YamlValue::duration).orElse(DEFAULT.slowStart),
        BodyKeys.read(root),
        number(root, "max-buffered-response", 1, MOST_BYTES, DEFAULT.maxBufferedResponse),
        number(root, "traces", 0, MOST_TRACES, DEFAULT.traces),
        root.find("look-ahead").map(YamlValue::flag).orElse(DEFAULT.lookAhead));
  }

  static Duration timeout(YamlMap keys, Duration standard) {
    return positive(keys, "timeout", standard);
  }

  static int maxAttempts(YamlMap keys, int standard) {
    return number(keys, "max-attempts", 1, MOST_ATTEMPTS, standard);
  }

  static Duration maxWait(YamlMap keys, Duration standard) {
    return keys.find("max-wait").map(YamlValue::duration).orElse(standard);
  }

  static RetryAmbiguous retryAmbiguous(YamlMap keys, RetryAmbiguous standard) {
    return keys.find("retry-ambiguous")
        .map(value -> value.oneOf(RetryAmbiguous.class))
        .orElse(standard);
  }

  private static Duration positive(YamlMap root, String key, Duration standard) {
    return root.find(key).map(Limits::positive).orElse(standard);
  }

  private static Duration positive(YamlValue value) {
    Duration duration = value.duration();
    if (duration.isZero()) {
      throw value.expected("longer than nothing");
    }
    return duration;
  }

  private static int number(YamlMap root, String key, int least, int most, int standard) {
    return root.find(key).map(value -> value.integer(least, most)).orElse(standard);
  }
}
