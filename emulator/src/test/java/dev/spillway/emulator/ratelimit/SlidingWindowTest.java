package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

  private static final int LIMIT = 80;

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final LimitWindow window =
      new MemoryStore(clock).window("any", WindowRule.SLIDING_TEN_SECONDS, Limit.of(LIMIT));

  @Test
  void eachChargeComesBackTenSecondsAfterItWasMade() {
    assertThat(window.charge(1)).isTrue();
    clock.advance(Duration.ofSeconds(4));
    assertThat(window.charge(1)).isTrue();

    clock.advance(Duration.ofSeconds(6));
    assertThat(window.remaining()).isEqualTo(LIMIT - 1);
    clock.advance(Duration.ofSeconds(4));
    assertThat(window.remaining()).isEqualTo(LIMIT);
  }

  @Test
  void noSpanOfTenSecondsHoldsMoreThanTheLimitWhereverItLies() {
    for (long seed = 0; seed < 50; seed++) {
      List<Long> admitted = chargeWheneverPossible(new SplittableRandom(seed));
      for (int i = LIMIT; i < admitted.size(); i++) {
        Duration span = Duration.ofNanos(admitted.get(i) - admitted.get(i - LIMIT));
        assertThat(span).as("seed %d", seed).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void underPressureEverySpanOfTenSecondsHoldsExactlyTheLimit() {
    List<Long> admitted = new ArrayList<>();
    for (int i = 0; i < 6 * LIMIT; i++) {
      clock.advance(Duration.ofNanos(window.nanosUntil(1)));
      assertThat(window.charge(1)).isTrue();
      admitted.add(clock.nanoTime());
    }

    for (int i = LIMIT; i < admitted.size(); i++) {
      assertThat(admitted.get(i) - admitted.get(i - LIMIT)).isEqualTo(10_000_000_000L);
    }
  }

  private List<Long> chargeWheneverPossible(SplittableRandom random) {
    List<Long> admitted = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      clock.advance(Duration.ofMillis(random.nextLong(0, 200)));
      if (window.has(1)) {
        assertThat(window.charge(1)).isTrue();
        admitted.add(clock.nanoTime());
      }
    }
    clock.advance(Duration.ofSeconds(10));
    return admitted;
  }
}
