package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContinuousWindowTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final LimitWindow window =
      new MemoryStore(clock).window("any", WindowRule.CONTINUOUS_MINUTE, Limit.of(120));

  @Test
  void refillsEvenly() {
    assertThat(window.charge(120)).isTrue();

    for (int refilled = 1; refilled <= 120; refilled++) {
      clock.advance(Duration.ofMillis(500));
      assertThat(window.remaining()).isEqualTo(refilled);
    }
  }

  @Test
  void oneOf120IsBackIn500MillisecondsAsCaptured() {
    assertThat(window.charge(1)).isTrue();

    assertThat(Duration.ofNanos(window.nanosUntilFull())).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void fourteenOf120000AreBackIn7MillisecondsAsCaptured() {
    LimitWindow tokens =
        new MemoryStore(clock).window("any", WindowRule.CONTINUOUS_MINUTE, Limit.of(120_000));

    assertThat(tokens.charge(14)).isTrue();

    assertThat(Duration.ofNanos(tokens.nanosUntilFull())).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void loweringKeepsThePartOfATokenThatHasComeBack() {
    LimitWindow window =
        new MemoryStore(clock).window("any", WindowRule.CONTINUOUS_MINUTE, Limit.of(40));
    assertThat(window.charge(1)).isTrue();
    clock.advance(Duration.ofSeconds(1));

    window.resize(Limit.of(10));

    assertThat(window.nanosUntilFull()).isEqualTo(Duration.ofSeconds(2).toNanos());
  }
}
