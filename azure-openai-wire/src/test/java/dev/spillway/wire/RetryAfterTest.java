package dev.spillway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after-ms             | 6500                          | 6500",
        "x-ms-retry-after-ms        | 250                           | 250",
        "Retry-After                | 7                             | 7000",
        "Retry-After                | 1.5                           | 1500",
        "Retry-After                | Thu, 01 Jan 2026 12:00:30 GMT | 30000",
        "x-ratelimit-reset-tokens   | 55                            | 55000",
        "x-ratelimit-reset-tokens   | 6m0s                          | 360000",
        "x-ratelimit-reset-requests | 1h2m3.5s                      | 3723500",
        "x-ratelimit-reset-requests | 120ms                         | 120",
        "x-ratelimit-reset-requests | 1767268830                    | 30000",
        "x-ratelimit-reset-requests | 1767268830000                 | 30000",
      })
  void readsEveryFormOfHeader(String header, String value, long millis) {
    assertThat(wait(Map.of(header, value), "")).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Please retry after 8 seconds. Please go here | 8000",
        "Please retry after 1 second.                 | 1000",
        "Rate limit is exceeded. Try again in 4 seconds. | 4000",
        "retry after 250 milliseconds                 | 250",
        "try again in 2 minutes                       | 120000",
      })
  void readsTheTextWhenNoHeaderHelps(String body, long millis) {
    assertThat(wait(Map.of(), body)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after-ms           | 0",
        "retry-after-ms           | -5",
        "Retry-After              | soon",
        "Retry-After              | 0",
        "Retry-After              | 99999999999999999999",
        "Retry-After              | Thu, 01 Jan 2026 11:59:30 GMT",
        "x-ratelimit-reset-tokens | 0",
        "x-ratelimit-reset-tokens | ''",
        "x-ratelimit-reset-tokens | 1 s",
      })
  void passesOverWhatIsNoWait(String header, String value) {
    assertThat(wait(Map.of(header, value), "no wait here")).isEmpty();
  }

  @Test
  void theMostPreciseWaitAboveZeroCounts() {
    assertThat(wait(Map.of("retry-after-ms", "6500", "Retry-After", "7"), ""))
        .contains(Duration.ofMillis(6500));
    assertThat(wait(Map.of("retry-after-ms", "0", "Retry-After", "7"), ""))
        .contains(Duration.ofSeconds(7));
    assertThat(wait(Map.of("Retry-After", "0"), "retry after 9 seconds"))
        .contains(Duration.ofSeconds(9));
  }

  @Test
  void isPrintedRoundedUpAndNeverZero() {
    assertThat(RetryAfter.seconds(Duration.ofMillis(6001))).isEqualTo(7);
    assertThat(RetryAfter.seconds(Duration.ofNanos(1_000_000_001))).isEqualTo(2);
    assertThat(RetryAfter.seconds(Duration.ZERO)).isEqualTo(1);
    assertThat(RetryAfter.millis(Duration.ofNanos(1_500_000))).isEqualTo(2);
  }

  private static Optional<Duration> wait(Map<String, String> headers, String body) {
    Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.putAll(headers);
    return RetryAfter.of(found::get, () -> body, NOW);
  }
}
