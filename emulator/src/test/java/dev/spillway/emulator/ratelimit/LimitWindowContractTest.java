package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import dev.spillway.emulator.RedisServer;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.ratelimit.WindowRule.Shape;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a limit over time, however it renews and wherever it is kept. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("kinds")
class LimitWindowContractTest {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final Shape shape;
  private final Kept kept;
  @AutoClose private final LimitStore store;

  LimitWindowContractTest(Shape shape, Kept kept) {
    this.shape = shape;
    this.kept = kept;
    this.store = kept.open(clock);
  }

  static Stream<Arguments> kinds() {
    return Arrays.stream(Kept.values())
        .flatMap(kept -> Arrays.stream(Shape.values()).map(shape -> Arguments.of(shape, kept)));
  }

  private LimitWindow window(long limit) {
    return store
        .of(new DeploymentId(RedisServer.unique(), "any"))
        .window("tokens", new WindowRule(shape, PERIOD), Limit.of(limit));
  }

  @Test
  void aFreshWindowHoldsTheWholeLimit() {
    LimitWindow window = window(40);

    assertThat(window.remaining()).isEqualTo(40);
    assertThat(window.has(40)).isTrue();
    assertThat(window.nanosUntil(40)).isZero();
    assertThat(window.nanosUntilFull()).isZero();
  }

  @Test
  void aChargeIsTakenFromWhatRemains() {
    LimitWindow window = window(40);

    assertThat(window.charge(15)).isTrue();

    assertThat(window.remaining()).isEqualTo(25);
    assertThat(window.has(25)).isTrue();
    assertThat(window.has(26)).isFalse();
  }

  @Test
  void askingTakesNothing() {
    LimitWindow window = window(40);

    assertThat(window.has(40)).isTrue();
    assertThat(window.nanosUntil(40)).isZero();

    assertThat(window.remaining()).isEqualTo(40);
  }

  @Test
  void chargingNothingChangesNothing() {
    LimitWindow window = window(40);

    assertThat(window.charge(0)).isTrue();

    assertThat(window.remaining()).isEqualTo(40);
    assertThat(window.nanosUntilFull()).isZero();
  }

  @Test
  void whatIsNotThereCannotBeCharged() {
    LimitWindow window = window(40);

    assertThat(window.charge(41)).isFalse();

    assertThat(window.remaining()).isEqualTo(40);
  }

  @Test
  void moreThanTheLimitNeverFits() {
    assertThat(window(40).nanosUntil(41)).isEqualTo(LimitWindow.NEVER);
  }

  @Test
  void aPeriodAfterTheLastChargeItIsFullAgainAndNeverFuller() {
    LimitWindow window = window(40);
    assertThat(window.charge(40)).isTrue();

    clock.advance(PERIOD);
    assertThat(window.remaining()).isEqualTo(40);

    clock.advance(PERIOD.multipliedBy(100));
    assertThat(window.remaining()).isEqualTo(40);
  }

  @Test
  void theWaitIsExactToTheNanosecond() {
    for (long seed = 0; seed < kept.times(500); seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LimitWindow window = window(random.nextLong(1, 2_000));
      for (int i = 0; i < 10; i++) {
        chargeSome(window, random);
        long amount = random.nextLong(1, 2_000);
        long wait = window.nanosUntil(amount);
        if (wait != LimitWindow.NEVER && wait > 0) {
          clock.advance(Duration.ofNanos(wait - 1));
          assertThat(window.has(amount)).as("seed %d, just before", seed).isFalse();
          clock.advance(Duration.ofNanos(1));
          assertThat(window.has(amount)).as("seed %d, at the moment", seed).isTrue();
        }
      }
    }
  }

  @Test
  void theWaitUntilFullIsExactToTheNanosecond() {
    for (long seed = 0; seed < kept.times(500); seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long limit = random.nextLong(1, 2_000);
      LimitWindow window = window(limit);
      chargeSome(window, random);
      clock.advance(Duration.ofNanos(Math.max(0, window.nanosUntilFull() - 1)));
      assertThat(window.remaining()).as("seed %d, just before", seed).isLessThan(limit);
      clock.advance(Duration.ofNanos(1));
      assertThat(window.remaining()).as("seed %d, at the moment", seed).isEqualTo(limit);
    }
  }

  @Test
  void aLimitOfZeroLetsNothingThroughAndNeverWill() {
    LimitWindow window = window(0);

    clock.advance(PERIOD);

    assertThat(window.remaining()).isZero();
    assertThat(window.has(0)).isTrue();
    assertThat(window.has(1)).isFalse();
    assertThat(window.nanosUntil(1)).isEqualTo(LimitWindow.NEVER);
    assertThat(window.nanosUntilFull()).isZero();
  }

  @Test
  void aLimitRaisedFromZeroIsThereAtOnce() {
    LimitWindow window = window(0);

    window.resize(Limit.of(40));

    assertThat(window.remaining()).isEqualTo(40);
  }

  @Test
  void aLimitLoweredToZeroIsGoneAtOnce() {
    LimitWindow window = window(40);

    window.resize(Limit.of(0));

    assertThat(window.remaining()).isZero();
    assertThat(window.has(1)).isFalse();
  }

  @Test
  void loweringKeepsWhatWasChargedInTheSameWindow() {
    LimitWindow window = window(40_000);
    assertThat(window.charge(300)).isTrue();

    window.resize(Limit.of(1_000));

    assertThat(window.remaining()).isEqualTo(700);
    assertThat(window.has(701)).isFalse();
  }

  @Test
  void loweringBelowWhatWasChargedLeavesNothingUntilTheWindowEnds() {
    LimitWindow window = window(40_000);
    assertThat(window.charge(39_500)).isTrue();

    window.resize(Limit.of(1_000));
    assertThat(window.remaining()).isZero();

    clock.advance(PERIOD);
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void loweringAFullWindowLeavesTheNewLimit() {
    LimitWindow window = window(40_000);

    window.resize(Limit.of(1_000));

    assertThat(window.remaining()).isEqualTo(1_000);
    assertThat(window.nanosUntilFull()).isZero();
  }

  @Test
  void raisingAddsRoomAndKeepsWhatWasCharged() {
    LimitWindow window = window(1_000);
    assertThat(window.charge(300)).isTrue();

    window.resize(Limit.of(40_000));

    assertThat(window.remaining()).isEqualTo(39_700);
  }

  @Test
  void afterAnyChangesOfSizeItStillFillsWithinAPeriodAndNoFurther() {
    for (long seed = 0; seed < kept.times(300); seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LimitWindow window = window(random.nextLong(0, 500));
      long limit = 0;
      for (int i = 0; i < 8; i++) {
        chargeSome(window, random);
        limit = random.nextLong(0, 500);
        window.resize(Limit.of(limit));
        assertThat(window.remaining()).as("seed %d", seed).isBetween(0L, limit);
        clock.advance(Duration.ofMillis(random.nextLong(0, 20_000)));
      }
      clock.advance(PERIOD);
      assertThat(window.remaining()).as("seed %d, in the end", seed).isEqualTo(limit);
    }
  }

  @Test
  void whatIsForgottenStartsAfresh() {
    LimitStore.Shelf shelf = store.of(new DeploymentId(RedisServer.unique(), "any"));
    WindowRule rule = new WindowRule(shape, PERIOD);
    LimitWindow window = shelf.window("tokens", rule, Limit.of(40));
    assertThat(window.charge(15)).isTrue();

    window.forget();

    assertThat(shelf.window("tokens", rule, Limit.of(40)).remaining()).isEqualTo(40);
  }

  /** Charges up to all that is left, at least one where one is left, and lets some time pass. */
  private void chargeSome(LimitWindow window, SplittableRandom random) {
    long left = window.remaining();
    if (left > 0) {
      assertThat(window.charge(random.nextLong(1, left + 1))).isTrue();
      clock.advance(Duration.ofNanos(random.nextLong(0, 1_000_000)));
    }
  }
}
