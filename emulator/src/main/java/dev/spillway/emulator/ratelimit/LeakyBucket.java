package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.function.Function;

/**
 * A leaky bucket: what is poured in drains at a steady rate, and what drains in a minute fills it.
 *
 * <p>It can be more than full. Whoever pours asks {@link #isOverfull} before; the last one to find
 * it just full may pour any amount.
 *
 * <p>The fill is kept as the time that it takes to drain, in whole nanoseconds: utilization = fill
 * / one minute, and tokens poured in add tokens / rate, rounded to the nanosecond.
 *
 * <p>Not safe for several threads; its {@link Home} sees to that.
 */
final class LeakyBucket {

  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final long FULL = PERIOD.toNanos();

  /** Keeps the sum of two fills within a long: 73 years. */
  private static final double MOST = Long.MAX_VALUE / 4.0;

  /** Where a bucket is. */
  interface Home {

    /** Asks it something and leaves it as it is. */
    <T> T look(Function<LeakyBucket, T> question);

    /**
     * Takes one step with it, which nobody else comes between.
     *
     * @param step may be taken again when somebody was faster, and so touches nothing else
     */
    <T> T change(Function<LeakyBucket, T> step);

    void forget();
  }

  /** One in this process. */
  record InMemory(LeakyBucket bucket) implements Home {

    @Override
    public <T> T look(Function<LeakyBucket, T> question) {
      return change(question);
    }

    @Override
    public <T> T change(Function<LeakyBucket, T> step) {
      synchronized (bucket) {
        return step.apply(bucket);
      }
    }

    @Override
    public void forget() {}
  }

  /**
   * All there is to know of one, apart from the time.
   *
   * @param fill as it was at {@code readAt}
   */
  record State(long fill, long readAt, long tokensPerMinute) {}

  private final TimeSource time;
  private long tokensPerMinute;
  private long fill;
  private long readAt;

  /**
   * @param tokensPerMinute more than 0, and not unlimited
   */
  LeakyBucket(Limit tokensPerMinute, TimeSource time) {
    this.time = time;
    this.tokensPerMinute = tokensPerMinute.count();
    this.readAt = time.nanoTime();
  }

  /** One as it was left. */
  LeakyBucket(State state, TimeSource time) {
    this.time = time;
    this.tokensPerMinute = state.tokensPerMinute();
    this.fill = state.fill();
    this.readAt = state.readAt();
  }

  State state() {
    return new State(fill, readAt, tokensPerMinute);
  }

  /** Whether more than 100 % is in use. */
  boolean isOverfull() {
    return nanosUntilFull() > 0;
  }

  /** Nanoseconds until no more than 100 % is in use, when nothing more is poured in. */
  long nanosUntilFull() {
    return Math.max(0, nanosUntilEmpty() - FULL);
  }

  /** Nanoseconds until nothing is in use, when nothing more is poured in. */
  long nanosUntilEmpty() {
    long now = time.nanoTime();
    fill = Math.max(0, fill - Math.max(0, now - readAt)); // another replica's clock may be ahead
    readAt = Math.max(readAt, now);
    return fill;
  }

  /** Pours tokens in; less than 0 takes them out, as far as they are still there. */
  LeakyBucket pour(long tokens) {
    fill = Math.clamp(nanosUntilEmpty() + nanos(tokens), 0, (long) MOST);
    return this;
  }

  /** Changes the rate and with it the size; the tokens inside stay. */
  LeakyBucket resize(Limit newTokensPerMinute) {
    double ratio = (double) tokensPerMinute / newTokensPerMinute.count();
    fill = Math.round(Math.min(nanosUntilEmpty() * ratio, MOST));
    tokensPerMinute = newTokensPerMinute.count();
    return this;
  }

  /** In percent. */
  double utilization() {
    return 100.0 * nanosUntilEmpty() / FULL;
  }

  /** Whole tokens that can be poured in until it is full. */
  long remaining() {
    double free = (double) (FULL - nanosUntilEmpty()) / FULL;
    return (long) Math.max(0, Math.floor(free * tokensPerMinute));
  }

  Limit limit() {
    return Limit.of(tokensPerMinute);
  }

  private long nanos(long tokens) {
    return Math.round(Math.clamp((double) tokens * FULL / tokensPerMinute, -MOST, MOST));
  }
}
