package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void readsWhatTheServiceSendsIn2026() {
    Told told =
        Told.of(
            Map.of(
                    "x-ratelimit-limit-tokens", "120000",
                    "x-ratelimit-remaining-tokens", "119986",
                    "x-ratelimit-reset-tokens", "7",
                    "x-ratelimit-limit-requests", "120",
                    "x-ratelimit-remaining-requests", "-1",
                    "x-ratelimit-renewalperiod-requests", "60")
                ::get);

    assertThat(told.tokens()).isEqualTo(new Told.Limit(120_000L, 119_986L, null, 7L));
    assertThat(told.requests()).isEqualTo(new Told.Limit(120L, 0L, MINUTE, null));
    assertThat(told.tokens().comesBackEvenly(MINUTE)).isTrue();
  }

  /** Of limit, what is left, and the reset of the captures: milliseconds, then seconds. */
  @ParameterizedTest
  @CsvSource({
    "120000, 119986, 7, true",
    "120, 119, 500, true",
    "700000, 699963, 0, true",
    "20000, 19999, 3, true",
    "120000, 60000, 30, true",
    "120000, 119986, 43, false",
    "120000, 120000, 0, false",
    "120000, 60000, 59, false",
    "120000, 60000, 30602, true",
    "120000, 60000, 30603, false"
  })
  void aResetThatGrowsWithWhatIsInUseComesBackEvenly(
      long limit, long remaining, long reset, boolean evenly) {
    assertThat(new Told.Limit(limit, remaining, null, reset).comesBackEvenly(MINUTE))
        .isEqualTo(evenly);
  }

  @ParameterizedTest
  @CsvSource({"93.4%, 93.4", "104%, 104", "7, 7", "NaN%, ", "-3%, ", "1e9%, ", "'', "})
  void utilizationIsAPercentageOrNothing(String value, Double percent) {
    assertThat(Told.of(Map.of("azure-openai-deployment-utilization", value)::get).utilization())
        .isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "86400, 86400", "86401, ", "0, ", "-1, "})
  void aWindowLastsADayAtMost(String value, Long seconds) {
    assertThat(Told.of(Map.of("x-ratelimit-renewalperiod-tokens", value)::get).tokens().period())
        .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @Test
  void garbageInAnyHeaderSaysNothingAndThrowsNothing() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder garbage = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        garbage.append("0123456789-+.%eE ms\u0000ä".charAt(random.nextInt(20)));
      }
      Told told = Told.of(name -> garbage.toString());
      assertThatNoException().isThrownBy(() -> told.tokens().comesBackEvenly(MINUTE));
      if (told.tokens().remaining() != null) {
        assertThat(told.tokens().remaining()).isNotNegative();
      }
    }
  }
}
