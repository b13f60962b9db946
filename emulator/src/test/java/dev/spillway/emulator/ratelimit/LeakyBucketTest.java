package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.control.Limit;
import dev.spillway.time.VirtualClock;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeakyBucketTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final LeakyBucket bucket = new LeakyBucket(Limit.of(6_000), clock);

  @Test
  void whatDrainsInAMinuteFillsIt() {
    bucket.pour(3_000);

    assertThat(bucket.utilization()).isEqualTo(50.0);
    assertThat(bucket.remaining()).isEqualTo(3_000);
    assertThat(bucket.nanosUntilEmpty()).isEqualTo(Duration.ofSeconds(30).toNanos());
  }

  @Test
  void itDrainsContinuouslyAndNeverBelowEmpty() {
    bucket.pour(600);
    clock.advance(Duration.ofMillis(1_500));
    assertThat(bucket.utilization()).isEqualTo(7.5);

    clock.advance(Duration.ofHours(1));

    assertThat(bucket.utilization()).isZero();
    bucket.pour(-1_000);
    assertThat(bucket.utilization()).isZero();
  }

  @Test
  void fullIsNotYetOverfull() {
    bucket.pour(6_000);
    assertThat(bucket.isOverfull()).isFalse();

    bucket.pour(1);

    assertThat(bucket.isOverfull()).isTrue();
    assertThat(bucket.nanosUntilFull()).isEqualTo(Duration.ofMillis(10).toNanos());
  }

  @Test
  void theWaitIsExactToTheNanosecond() {
    bucket.pour(7_001);
    long wait = bucket.nanosUntilFull();

    clock.advance(Duration.ofNanos(wait - 1));
    assertThat(bucket.isOverfull()).isTrue();
    clock.advance(Duration.ofNanos(1));

    assertThat(bucket.isOverfull()).isFalse();
  }

  @Test
  void anotherSizeKeepsTheTokensInside() {
    bucket.pour(4_500);

    bucket.resize(Limit.of(3_000));
    assertThat(bucket.utilization()).isEqualTo(150.0);

    bucket.resize(Limit.of(9_000));
    assertThat(bucket.utilization()).isEqualTo(50.0);
  }

  @Test
  void noAmountIsTooLargeToCount() {
    bucket.pour(Long.MAX_VALUE / 2);
    bucket.pour(Long.MAX_VALUE / 2);
    bucket.resize(Limit.of(1));

    assertThat(bucket.isOverfull()).isTrue();
    bucket.pour(-Long.MAX_VALUE);
    assertThat(bucket.isOverfull()).isFalse();
  }

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  /** A bucket as the definition has it: exact tokens, drained step by step. */
  private static final class Model {
    private static final MathContext EXACT = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000_000_000L);
    private BigDecimal tokens = BigDecimal.ZERO;
    private BigDecimal rate;

    Model(long tokensPerMinute) {
      rate = BigDecimal.valueOf(tokensPerMinute);
    }

    void advance(long nanos) {
      BigDecimal drained = rate.multiply(BigDecimal.valueOf(nanos)).divide(MINUTE, EXACT);
      tokens = tokens.subtract(drained).max(BigDecimal.ZERO);
    }

    void pour(long amount) {
      tokens = tokens.add(BigDecimal.valueOf(amount)).max(BigDecimal.ZERO);
    }

    double utilization() {
      return tokens.multiply(BigDecimal.valueOf(100)).divide(rate, EXACT).doubleValue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithASmallModelWhateverHappens(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long rate = random.nextLong(1, 6_000_000);
    LeakyBucket tested = new LeakyBucket(Limit.of(rate), clock);
    Model model = new Model(rate);

    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long nanos = random.nextLong(20_000_000_000L);
          clock.advance(Duration.ofNanos(nanos));
          model.advance(nanos);
        }
        case 2 -> {
          long tokens = random.nextLong(-rate / 4 - 1, rate / 2 + 1);
          tested.pour(tokens);
          model.pour(tokens);
        }
        default -> {
          long newRate = random.nextLong(1, 6_000_000);
          tested.resize(Limit.of(newRate));
          model.rate = BigDecimal.valueOf(newRate);
        }
      }
      assertThat(tested.utilization())
          .as("seed %d, step %d", seed, step)
          .isCloseTo(model.utilization(), within(1e-4 * (1 + model.utilization())));
      assertThat(tested.isOverfull()).isEqualTo(tested.nanosUntilFull() > 0);
    }
  }
}
