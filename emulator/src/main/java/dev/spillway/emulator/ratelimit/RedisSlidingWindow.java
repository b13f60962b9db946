package dev.spillway.emulator.ratelimit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.spillway.control.Limit;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An exact sliding window in Redis: a sorted set with a member for every charge.
 *
 * <p>Members are ordered by their names, which begin with the moment in nanoseconds: a score is a
 * floating-point number and would lose some of them.
 */
final class RedisSlidingWindow implements LimitWindow {

  /**
   * ARGV: the first moment that counts, now, a unique name, amount, limit, milliseconds to keep.
   */
  private static final byte[] CHARGE =
      script(
          """
          redis.call('ZREMRANGEBYLEX', KEYS[1], '-', '(' .. ARGV[1])
          local amount = tonumber(ARGV[4])
          if redis.call('ZCARD', KEYS[1]) + amount > tonumber(ARGV[5]) then
            return 0
          end
          for i = 1, amount do
            redis.call('ZADD', KEYS[1], 0, ARGV[2] .. ':' .. ARGV[3] .. ':' .. i)
          end
          redis.call('PEXPIRE', KEYS[1], ARGV[6])
          return 1
          """);

  /** ARGV: the first moment that counts. */
  private static final byte[] HELD =
      script("return redis.call('ZLEXCOUNT', KEYS[1], '[' .. ARGV[1], '+')");

  /** ARGV: the first moment that counts, and which of the charges since then, counted from 0. */
  private static final byte[] NTH =
      script(
          """
          return redis.call('ZRANGEBYLEX', KEYS[1], '[' .. ARGV[1], '+', 'LIMIT', ARGV[2], 1)[1]
          """);

  private static final byte[] LAST =
      script(
          """
          return redis.call('ZREVRANGEBYLEX', KEYS[1], '+', '[' .. ARGV[1], 'LIMIT', 0, 1)[1]
          """);

  private static final String REPLICA = UUID.randomUUID().toString();
  private static final AtomicLong CHARGES = new AtomicLong();

  private final RedisKey key;
  private final long periodNanos;
  private final TimeSource time;
  private Limit limit;

  RedisSlidingWindow(RedisKey key, Duration period, Limit limit, TimeSource time) {
    this.key = key;
    this.periodNanos = period.toNanos();
    this.limit = limit;
    this.time = time;
  }

  @Override
  public boolean has(long amount) {
    return amount <= remaining();
  }

  @Override
  public boolean charge(long amount) {
    long now = time.nanoTime();
    String unique = REPLICA + ":" + CHARGES.incrementAndGet();
    long kept = Duration.ofNanos(periodNanos).plus(RedisStore.KEPT).toMillis();
    return amount == 0
        || key.number(CHARGE, first(now), moment(now), unique, amount, limit.count(), kept) == 1;
  }

  @Override
  public long nanosUntil(long amount) {
    if (amount > limit.count()) {
      return NEVER;
    }
    long now = time.nanoTime();
    long mustLeave = key.number(HELD, first(now)) + amount - limit.count();
    return mustLeave <= 0
        ? 0
        : key.text(NTH, first(now), mustLeave - 1).map(it -> untilGone(it, now)).orElse(0L);
  }

  @Override
  public long remaining() {
    return Math.max(0, limit.count() - key.number(HELD, first(time.nanoTime())));
  }

  @Override
  public long nanosUntilFull() {
    long now = time.nanoTime();
    return key.text(LAST, first(now)).map(it -> untilGone(it, now)).orElse(0L);
  }

  /** What leaves it does not depend on its size, so neither does the moment of a change. */
  @Override
  public void resize(Limit newLimit, long nanosAgo) {
    limit = newLimit;
  }

  @Override
  public void forget() {
    key.delete();
  }

  private long untilGone(String member, long now) {
    return Long.parseLong(member.substring(0, member.indexOf(':'))) + periodNanos - now;
  }

  /** The first moment whose charges still count. */
  private String first(long now) {
    return moment(Math.max(0, now - periodNanos + 1));
  }

  /** So wide that the order of the texts is that of the numbers. */
  private static String moment(long nanos) {
    String digits = Long.toString(nanos);
    return "0".repeat(19 - digits.length()) + digits;
  }

  private static byte[] script(String text) {
    return text.getBytes(US_ASCII);
  }
}
