package dev.spillway.control;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as JSON says them: {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h}. */
final class TimeText {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

  private TimeText() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Duration parse(String text) {
    return find(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'" + text + "' is no length of time such as 250ms, 10s, 2m or 1h"));
  }

  /** Reads one, or nothing from anything else. */
  static Optional<Duration> find(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (form.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    BigDecimal millis = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
    return Optional.of(Duration.ofNanos(millis.movePointRight(6).longValue()));
  }

  /** Writes whole milliseconds, in the largest unit without a fraction. */
  static String of(Duration time) {
    long millis = time.plusNanos(999_999).toMillis();
    if (millis % 1_000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
  }
}
