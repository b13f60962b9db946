package dev.spillway.scenarios.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers and times as people read them. */
final class Words {

  private Words() {}

  static String of(Duration time) {
    return ofMillis(time.toNanos() / 1e6);
  }

  static String ofMillis(double millis) {
    return Math.abs(millis) < 1_000
        ? plain(millis, Math.abs(millis) < 10 ? 2 : 0) + " ms"
        : plain(millis / 1_000, 3) + " s";
  }

  /** Without a fraction where there is none. */
  static String of(double number) {
    return plain(number, 2);
  }

  private static String plain(double number, int digits) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** {@code 200: 9, 429: 1}. */
  static String of(Map<?, ?> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue())
            .collect(Collectors.joining(", "));
  }

  static String plural(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
