package dev.spillway.emulator.ratelimit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.spillway.control.Limit;
import dev.spillway.time.TimeSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A leaky bucket in Redis: its state as a text, replaced only where nobody else has done so since
 * it was read. The arithmetic is {@link LeakyBucket}'s, to the nanosecond.
 */
final class RedisLeakyBucket implements LeakyBucket.Home {

  /** ARGV: what must be there, or nothing; what shall be there; milliseconds to keep it. */
  private static final byte[] REPLACE =
      """
      if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
        return 0
      end
      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
      return 1
      """
          .getBytes(US_ASCII);

  private final RedisKey key;
  private final TimeSource time;
  private volatile Limit whenNew;

  RedisLeakyBucket(RedisKey key, Limit tokensPerMinute, TimeSource time) {
    this.key = key;
    this.whenNew = tokensPerMinute;
    this.time = time;
  }

  @Override
  public <T> T look(Function<LeakyBucket, T> question) {
    return question.apply(bucket(key.get()));
  }

  @Override
  public <T> T change(Function<LeakyBucket, T> step) {
    while (true) {
      Optional<String> before = key.get();
      LeakyBucket bucket = bucket(before);
      T answer = step.apply(bucket);
      if (key.number(REPLACE, before.orElse(""), text(bucket.state()), kept(bucket)) == 1) {
        whenNew = bucket.limit();
        return answer;
      }
    }
  }

  @Override
  public void forget() {
    key.delete();
  }

  private LeakyBucket bucket(Optional<String> text) {
    return text.map(it -> new LeakyBucket(state(it), time))
        .orElseGet(() -> new LeakyBucket(whenNew, time));
  }

  /** Until it is empty, and a while: an empty one is as good as a new one. */
  private static long kept(LeakyBucket bucket) {
    return TimeUnit.NANOSECONDS.toMillis(bucket.nanosUntilEmpty()) + RedisStore.KEPT.toMillis();
  }

  private static String text(LeakyBucket.State state) {
    return state.fill() + " " + state.readAt() + " " + state.tokensPerMinute();
  }

  private static LeakyBucket.State state(String text) {
    long[] numbers = Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    return new LeakyBucket.State(numbers[0], numbers[1], numbers[2]);
  }
}
