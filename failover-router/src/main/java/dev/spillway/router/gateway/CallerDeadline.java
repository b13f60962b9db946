package dev.spillway.router.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller waits, as far as it says so: {@code x-request-deadline-ms}, and the timeout
 * that the official SDKs tell in {@code x-stainless-timeout}. What makes no sense says nothing.
 */
final class CallerDeadline {

  static final String HEADER = "x-request-deadline-ms";
  private static final String SDK_HEADER = "x-stainless-timeout";
  private static final double LONGEST_MILLIS = 86_400_000;

  private CallerDeadline() {}

  static Optional<Duration> of(Function<String, @Nullable String> header) {
    return Stream.of(millis(header.apply(HEADER), 1), millis(header.apply(SDK_HEADER), 1_000))
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  private static Optional<Duration> millis(@Nullable String text, int unit) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      double millis = Double.parseDouble(text.strip()) * unit;
      return millis >= 1 && millis <= LONGEST_MILLIS
          ? Optional.of(Duration.ofMillis((long) millis))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
