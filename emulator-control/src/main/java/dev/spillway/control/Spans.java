package dev.spillway.control;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Lengths of time as people read them: {@code 350 ms}, {@code 8.25 s}. */
final class Spans {

  private Spans() {}

  static String of(Duration span) {
    long millis = span.toMillis();
    return millis < 1_000
        ? millis + " ms"
        : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
  }

  static String between(Instant start, Instant end) {
    return of(Duration.between(start, end));
  }
}
