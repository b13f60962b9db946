package dev.spillway.emulator.ratelimit;

import dev.spillway.time.TimeSource;
import dev.spillway.yaml.RedisAddress;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Redis, and turns its silence into one sentence.
 *
 * <p>After a failure nobody waits for the next one: for a moment every question is refused at once.
 * The log has a line when it goes and a line when it is back.
 */
final class RedisGuard {

  private static final Logger LOG = LoggerFactory.getLogger(RedisGuard.class);
  private static final long PAUSE = Duration.ofMillis(500).toNanos();

  /** When the last question failed, and how. */
  private record Failure(long at, LimitStoreException refusal) {}

  private final RedisAddress address;
  private final TimeSource time = TimeSource.system();
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

  RedisGuard(RedisAddress address) {
    this.address = address;
  }

  <T> T ask(Supplier<T> question) {
    Failure last = failure.get();
    if (last != null && time.nanoTime() - last.at() < PAUSE) {
      throw last.refusal();
    }
    try {
      T answer = question.get();
      answered();
      return answer;
    } catch (RuntimeException e) {
      if (!isRedis(e)) {
        throw e;
      }
      throw failed(e);
    }
  }

  void run(Runnable change) {
    Object unused =
        ask(() -> {
          change.run();
          return this;
        });
  }

  /** What a start says. */
  LimitStoreException unreachable(RuntimeException cause) {
    return new LimitStoreException(address + " cannot be reached: " + reason(cause), cause);
  }

  private void answered() {
    if (failure.getAndSet(null) != null) {
      LOG.info("{} answers again", address);
    }
  }

  private LimitStoreException failed(RuntimeException cause) {
    LimitStoreException refusal =
        new LimitStoreException(
            "The limits are kept in Redis at " + address + ", which does not answer.", cause);
    if (failure.getAndSet(new Failure(time.nanoTime(), refusal)) == null) {
      LOG.warn("{} does not answer, so calls get 503 until it does: {}", address, reason(cause));
    }
    return refusal;
  }

  private static boolean isRedis(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisException
          || cause instanceof TimeoutException
          || cause instanceof io.github.bucket4j.TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
