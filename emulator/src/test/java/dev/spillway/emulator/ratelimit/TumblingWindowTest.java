package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TumblingWindowTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final LimitWindow window = WindowRule.TUMBLING_MINUTE.open(Limit.of(1_000), clock);

  @Test
  void startsWithItsFirstChargeAndNotWithTheMinute() {
    clock.advance(Duration.ofSeconds(50));
    window.charge(1_000);

    clock.advance(Duration.ofSeconds(59));
    assertThat(window.remaining()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void theNextOneStartsWithTheFirstChargeAfterTheLastOneEnded() {
    window.charge(1_000);
    clock.advance(Duration.ofSeconds(100));
    window.charge(1_000);

    clock.advance(Duration.ofSeconds(59));
    assertThat(window.remaining()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void everythingComesBackInOneStep() {
    window.charge(600);
    clock.advance(Duration.ofSeconds(30));
    window.charge(400);

    clock.advance(Duration.ofNanos(29_999_999_999L));
    assertThat(window.remaining()).isZero();
    clock.advance(Duration.ofNanos(1));
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void aNewSizeDoesNotMoveTheEndOfTheWindow() {
    window.charge(1_000);
    clock.advance(Duration.ofSeconds(59));

    window.resize(Limit.of(40_000));
    assertThat(window.remaining()).isEqualTo(39_000);
    window.charge(39_000);
    clock.advance(Duration.ofSeconds(1));

    assertThat(window.remaining()).isEqualTo(40_000);
  }
}
