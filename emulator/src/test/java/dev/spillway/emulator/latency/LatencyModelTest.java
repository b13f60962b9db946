package dev.spillway.emulator.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.control.LatencySpec;
import dev.spillway.control.LatencySpec.Delivery;
import dev.spillway.control.LatencySpec.Jitter;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyModelTest {

  private static final LatencySpec PLAIN =
      LatencySpec.of(Duration.ofMillis(500), Duration.ofMillis(40));
  private static final Pressure ALONE = new Pressure(1, 0, 1);

  private static Pace pace(LatencySpec spec, Work work, Pressure pressure) {
    return LatencyModel.of(spec).pace(7, work, pressure, new SplittableRandom(1));
  }

  private static Work tokens(int count) {
    return new Work(0, 0, count, true);
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }

  @Test
  void tokensComeOneAfterTheOtherFromTheFirstOn() {
    Pace pace = pace(PLAIN, tokens(26), ALONE);

    assertThat(pace.start()).isEqualTo(7);
    assertThat(millis(pace.first())).isEqualTo(500);
    assertThat(millis(pace.written(2))).isEqualTo(540);
    assertThat(millis(pace.whole())).isEqualTo(1500);
  }

  @Test
  void theFirstTokenComesLaterForEveryTokenOfThePromptAndOfTheReasoning() {
    LatencySpec reads = PLAIN.withTimePerPromptToken(Duration.ofNanos(50_000));

    Pace pace = pace(reads, new Work(10_000, 100, 1, true), ALONE);

    assertThat(millis(pace.first())).isEqualTo(500 + 500 + 4000);
  }

  @ParameterizedTest
  @CsvSource({"1, 500", "26, 750", "51, 1000", "1000, 1000"})
  void takesLongerTheMoreCallsAreUnderWay(int calls, long first) {
    Pace pace = pace(PLAIN.withLoad(2, 51), tokens(2), new Pressure(calls, 0, 1));

    assertThat(millis(pace.first())).isEqualTo(first);
    assertThat(millis(pace.whole())).isEqualTo(first + first * 40 / 500);
  }

  @ParameterizedTest
  @CsvSource({"0, 500", "50, 750", "100, 1000", "130, 1000"})
  void takesLongerTheMoreOfAProvisionedDeploymentIsInUse(double utilization, long first) {
    Pace pace = pace(PLAIN.withUtilization(2), tokens(1), new Pressure(1, utilization, 1));

    assertThat(millis(pace.first())).isEqualTo(first);
  }

  @Test
  void takesLongerWhenItIsSlowedDown() {
    assertThat(millis(pace(PLAIN, tokens(1), new Pressure(1, 0, 5)).first())).isEqualTo(2500);
  }

  @Test
  void aConstantJitterIsNone() {
    LatencySpec constant = PLAIN.withJitter(Jitter.CONSTANT, 50);

    assertThat(millis(pace(constant, tokens(3), ALONE).whole())).isEqualTo(580);
  }

  @ParameterizedTest
  @EnumSource(
      value = Jitter.class,
      names = {"UNIFORM", "LOG_NORMAL"})
  void jitterLeavesTheMeanAndSpreadsAsAsked(Jitter jitter) {
    Pace pace = pace(PLAIN.withJitter(jitter, 30), tokens(20_001), ALONE);

    double[] gaps =
        IntStream.rangeClosed(2, pace.tokens())
            .mapToDouble(token -> (pace.written(token) - pace.written(token - 1)) / 40e6)
            .toArray();
    double mean = java.util.Arrays.stream(gaps).average().orElseThrow();
    double deviation =
        Math.sqrt(
            java.util.Arrays.stream(gaps)
                .map(g -> (g - mean) * (g - mean))
                .average()
                .orElseThrow());
    assertThat(mean).isCloseTo(1, within(0.01));
    assertThat(deviation)
        .isCloseTo(jitter == Jitter.UNIFORM ? 0.3 / Math.sqrt(3) : 0.3, within(0.01));
  }

  @Test
  void uniformJitterStaysWithinTheSpread() {
    Pace pace = pace(PLAIN.withJitter(Jitter.UNIFORM, 30), tokens(5_000), ALONE);

    assertThat(
            IntStream.rangeClosed(2, 5_000)
                .mapToLong(token -> pace.written(token) - pace.written(token - 1)))
        .allSatisfy(gap -> assertThat(gap).isBetween(27_999_999L, 52_000_001L));
  }

  @Test
  void theSameSeedGivesTheSameTimes() {
    LatencySpec jitters = PLAIN.withJitter(Jitter.LOG_NORMAL, 50);

    assertThat(times(pace(jitters, tokens(50), ALONE)))
        .containsExactly(times(pace(jitters, tokens(50), ALONE)));
  }

  private static long[] times(Pace pace) {
    return LongStream.rangeClosed(1, pace.tokens()).map(i -> pace.written((int) i)).toArray();
  }

  @Test
  void burstsHoldTokensBackForUpToTwoSecondsAndEndWithTheAnswer() {
    Pace pace = pace(PLAIN, tokens(80), ALONE);

    assertThat(millis(pace.sent(1))).isEqualTo(2500);
    assertThat(millis(pace.sent(50))).isEqualTo(2500);
    assertThat(millis(pace.sent(51))).isEqualTo(500 + 79 * 40);
    assertThat(pace.sent(80)).isEqualTo(pace.whole());
  }

  @Test
  void aShortAnswerIsOneBurst() {
    Pace pace = pace(PLAIN, tokens(5), ALONE);

    assertThat(pace.sent(1)).isEqualTo(pace.sent(5)).isEqualTo(pace.whole());
  }

  @Test
  void deliveryIsAsAskedWhateverTheFilterDoes() {
    Work free = new Work(0, 0, 80, false);

    assertThat(pace(PLAIN, free, ALONE).sent(9)).isEqualTo(pace(PLAIN, free, ALONE).written(9));
    assertThat(millis(pace(PLAIN.withDelivery(Delivery.TOKENS), tokens(80), ALONE).sent(2)))
        .isEqualTo(540);
    assertThat(millis(pace(PLAIN.withDelivery(Delivery.BURSTS), free, ALONE).sent(2)))
        .isEqualTo(2500);
  }

  @Test
  void knowsHowManyTokensAreWrittenAfterATime() {
    Pace pace = pace(PLAIN, tokens(3), ALONE);

    assertThat(pace.writtenAfter(499_999_999)).isZero();
    assertThat(pace.writtenAfter(500_000_000)).isEqualTo(1);
    assertThat(pace.writtenAfter(Long.MAX_VALUE)).isEqualTo(3);
  }
}
