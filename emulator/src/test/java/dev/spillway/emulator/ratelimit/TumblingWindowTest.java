package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TumblingWindowTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final LimitWindow window =
      new MemoryStore(clock).window("any", WindowRule.TUMBLING_MINUTE, Limit.of(1_000));

  @Test
  void startsWithItsFirstChargeAndNotWithTheMinute() {
    clock.advance(Duration.ofSeconds(50));
    assertThat(window.charge(1_000)).isTrue();

    clock.advance(Duration.ofSeconds(59));
    assertThat(window.remaining()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void theNextOneStartsWithTheFirstChargeAfterTheLastOneEnded() {
    assertThat(window.charge(1_000)).isTrue();
    clock.advance(Duration.ofSeconds(100));
    assertThat(window.charge(1_000)).isTrue();

    clock.advance(Duration.ofSeconds(59));
    assertThat(window.remaining()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void everythingComesBackInOneStep() {
    assertThat(window.charge(600)).isTrue();
    clock.advance(Duration.ofSeconds(30));
    assertThat(window.charge(400)).isTrue();

    clock.advance(Duration.ofNanos(29_999_999_999L));
    assertThat(window.remaining()).isZero();
    clock.advance(Duration.ofNanos(1));
    assertThat(window.remaining()).isEqualTo(1_000);
  }

  @Test
  void aNewSizeDoesNotMoveTheEndOfTheWindow() {
    assertThat(window.charge(1_000)).isTrue();
    clock.advance(Duration.ofSeconds(59));

    window.resize(Limit.of(40_000));
    assertThat(window.remaining()).isEqualTo(39_000);
    assertThat(window.charge(39_000)).isTrue();
    clock.advance(Duration.ofSeconds(1));

    assertThat(window.remaining()).isEqualTo(40_000);
  }
}
