package dev.spillway.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerDeadlineTest {

  @ParameterizedTest
  @CsvSource({
    "1500, , 1500",
    ", 600, 600000",
    ", 0.5, 500",
    "1500, 1, 1000",
    "900, 1, 900",
    "soon, 1, 1000",
    "-5, , ",
    "0, , ",
    "NaN, Infinity, ",
    "1e99, , ",
    ", , ",
  })
  void theSoonerOfWhatTheCallerSaysAndWhatItsSdkSays(
      @Nullable String header, @Nullable String sdk, @Nullable Long millis) {
    Map<String, String> headers = new HashMap<>();
    if (header != null) {
      headers.put("x-request-deadline-ms", header);
    }
    if (sdk != null) {
      headers.put("x-stainless-timeout", sdk);
    }

    assertThat(CallerDeadline.of(headers::get))
        .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
  }
}
