package dev.spillway.router.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {

  private static final long START = Long.MAX_VALUE - 1_000; // a nanoTime may well overflow
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Allowance allowance = new Allowance(60, START);

  @Test
  void aMinutesWorthMayBeTakenAtOnce() {
    allowance.take(60, START);

    assertThat(allowance.waitFor(1, START)).isEqualTo(Duration.ofSeconds(1));
    assertThat(allowance.waitFor(60, START)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void itFlowsBackEvenlyAndNeverBeyondAMinutesWorth() {
    allowance.take(60, START);

    assertThat(allowance.waitFor(10, START + 10 * SECOND)).isZero();
    assertThat(allowance.waitFor(11, START + 10 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    allowance.take(60, START + 600 * SECOND);
    assertThat(allowance.waitFor(1, START + 600 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void moreThanAllOfItWaitsUntilItIsFullAndIsPaidBackAfterwards() {
    assertThat(allowance.waitFor(90, START)).isZero();
    allowance.take(90, START);

    assertThat(allowance.waitFor(1, START)).isEqualTo(Duration.ofSeconds(31));
    assertThat(allowance.waitFor(500, START)).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void whatIsGivenBackMayBeTakenAgain() {
    allowance.take(60, START);
    allowance.take(-20, START);

    assertThat(allowance.waitFor(20, START)).isZero();
    assertThat(allowance.waitFor(21, START)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatComesBackLateDoesNotMakeItMoreThanFull() {
    allowance.take(30, START);
    allowance.take(-30, START + 90 * SECOND);
    allowance.take(60, START + 90 * SECOND);

    assertThat(allowance.waitFor(1, START + 90 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }

  /** Whoever waits just as long as told may take what it asked for, and not a nanosecond sooner. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theWaitIsExactAndTheRateIsKept(long seed) {
    Random random = new Random(seed);
    long perMinute = 1 + random.nextLong(100_000);
    Allowance any = new Allowance(perMinute, 0);
    long now = 0;
    long taken = 0;
    for (int i = 0; i < 2_000; i++) {
      long amount = 1 + random.nextLong(perMinute);
      long wait = any.waitFor(amount, now).toNanos();
      if (wait > 0) {
        assertThat(any.waitFor(amount, now + wait - 1)).as("seed %d", seed).isPositive();
      }
      now += wait;
      assertThat(any.waitFor(amount, now)).as("seed %d", seed).isZero();
      any.take(amount, now);
      taken += amount;
      assertThat((double) taken)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(perMinute * (1 + now / 60e9) + 1);
      now += random.nextLong(SECOND);
    }
  }
}
