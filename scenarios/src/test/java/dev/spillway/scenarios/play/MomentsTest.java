package dev.spillway.scenarios.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.format.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MomentsTest {

  @Test
  void steadyCallsComeInLots() {
    Pace.Steady pace = new Pace.Steady(Duration.ofSeconds(1), 5, 2, Duration.ofSeconds(10));

    assertThat(Moments.of(pace))
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(11),
            Duration.ofSeconds(11),
            Duration.ofSeconds(21));
  }

  @Test
  void anEvenRateIsEven() {
    Pace.Rate pace = new Pace.Rate(Duration.ZERO, Duration.ofSeconds(2), 2, 2);

    assertThat(Moments.of(pace))
        .containsExactly(
            Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(1500));
  }

  @Test
  void aRampHasAsManyCallsAsItsMeanRateAndMoreOfThemAtItsHighEnd() {
    Pace.Rate up = new Pace.Rate(Duration.ZERO, Duration.ofSeconds(60), 1, 9);
    Pace.Rate down = new Pace.Rate(Duration.ZERO, Duration.ofSeconds(60), 9, 1);

    assertThat(Moments.of(up)).hasSize(300).isSorted();
    assertThat(Moments.of(down)).hasSize(300).isSorted();
    assertThat(Moments.of(up)).filteredOn(one -> one.toSeconds() < 30).hasSize(90);
    assertThat(Moments.of(down)).filteredOn(one -> one.toSeconds() < 30).hasSize(210);
  }

  @Test
  void aRateThatFallsToNothingEnds() {
    Pace.Rate pace = new Pace.Rate(Duration.ZERO, Duration.ofSeconds(10), 1, 0);

    assertThat(Moments.of(pace)).hasSize(5);
  }
}
