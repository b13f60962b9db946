package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContinuousWindowTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final LimitWindow window = WindowRule.CONTINUOUS_MINUTE.open(Limit.of(120), clock);

  @Test
  void refillsEvenly() {
    window.charge(120);

    for (int refilled = 1; refilled <= 120; refilled++) {
      clock.advance(Duration.ofMillis(500));
      assertThat(window.remaining()).isEqualTo(refilled);
    }
  }

  @Test
  void oneOf120IsBackIn500MillisecondsAsCaptured() {
    window.charge(1);

    assertThat(Duration.ofNanos(window.nanosUntilFull())).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void fourteenOf120000AreBackIn7MillisecondsAsCaptured() {
    LimitWindow tokens = WindowRule.CONTINUOUS_MINUTE.open(Limit.of(120_000), clock);

    tokens.charge(14);

    assertThat(Duration.ofNanos(tokens.nanosUntilFull())).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void loweringKeepsThePartOfATokenThatHasComeBack() {
    LimitWindow window = WindowRule.CONTINUOUS_MINUTE.open(Limit.of(40), clock);
    window.charge(1);
    clock.advance(Duration.ofSeconds(1));

    window.resize(Limit.of(10));

    assertThat(window.nanosUntilFull()).isEqualTo(Duration.ofSeconds(2).toNanos());
  }
}
