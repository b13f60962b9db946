package dev.spillway.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of rests and benches. */
class StandingTest {

  /** Invariant 6: whatever comes in whatever order, a rest ends at the latest deadline named. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aRestEndsAtTheLatestDeadline(long seed) {
    Random random = new Random(seed);
    long now = Long.MAX_VALUE - 1_000_000; // a clock about to overflow is still a clock
    Cooldown cooldown = new Cooldown(now);
    long latest = 0;
    for (int i = 0; i < 100; i++) {
      long after = random.nextInt(1_000_000);
      long wait = random.nextInt(60_000_000);
      cooldown.rest(Duration.ofNanos(wait), now + after);
      latest = Math.max(latest, after + wait);

      assertThat(cooldown.left(now)).isEqualTo(latest);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "59999, 59999", "60000, 60000", "60001, 2000", "86400000, 2000", ", 2000"})
  void aBelievedWaitIsKeptAndAnyOtherIsTwoSeconds(@Nullable Long asked, long rest) {
    RestRule rule = new RestRule(Duration.ofSeconds(2), Duration.ofMinutes(1));

    assertThat(rule.restFor(Optional.ofNullable(asked).map(Duration::ofMillis)))
        .isEqualTo(Duration.ofMillis(rest));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1", "4, 2", "5, 4", "8, 32", "9, 60", "500, 60"})
  void theBenchDoublesFromTheThirdFailureInARowUpToAMinute(int failures, long seconds) {
    Standing standing = Standing.clean(0);
    for (int i = 0; i < failures; i++) {
      standing = standing.failed(0);
    }
    assertThat(Duration.ofNanos(standing.benchedUntil())).isEqualTo(Duration.ofSeconds(seconds));
  }
}
