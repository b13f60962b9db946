package dev.spillway.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wait that an answer asks for, in every form that has been seen.
 *
 * <p>The most precise wait above zero counts, in this order: {@code retry-after-ms}, {@code
 * x-ms-retry-after-ms} (milliseconds); {@code Retry-After} (seconds or an HTTP date); {@code
 * x-ratelimit-reset-tokens}, {@code x-ratelimit-reset-requests} (seconds, {@code 6m0s}, or an
 * epoch); "retry after 7 seconds" in the body. Zero, negative and unreadable values are passed
 * over.
 */
public final class RetryAfter {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
  private static final Pattern GO_DURATION =
      Pattern.compile(
          "(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?:retry after|try again in)\\s+(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(milliseconds?|ms|seconds?|s|minutes?)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final long EPOCH_SECONDS_FROM = 1_000_000_000L;
  private static final long EPOCH_MILLIS_FROM = 1_000_000_000_000L;

  private RetryAfter() {}

  /**
   * The wait, if the answer names one above zero.
   *
   * @param header a header's value by name, null when there is none
   * @param body the text of the answer's body; asked for only when no header helps
   */
  public static Optional<Duration> of(
      Function<String, @Nullable String> header, Supplier<String> body, Instant now) {
    return millis(header.apply(HeaderNames.RETRY_AFTER_MS))
        .or(() -> millis(header.apply(HeaderNames.MS_RETRY_AFTER_MS)))
        .or(() -> secondsOrDate(header.apply(HeaderNames.RETRY_AFTER), now))
        .or(() -> reset(header.apply(HeaderNames.RESET_TOKENS), now))
        .or(() -> reset(header.apply(HeaderNames.RESET_REQUESTS), now))
        .or(() -> inText(body.get()));
  }

  /** Whole seconds for {@code Retry-After} and for people: rounded up, at least 1. */
  public static long seconds(Duration wait) {
    return Math.max(1, Math.ceilDiv(wait.toNanos(), 1_000_000_000L));
  }

  /** Whole milliseconds for {@code retry-after-ms}: rounded up, at least 1. */
  public static long millis(Duration wait) {
    return Math.max(1, Math.ceilDiv(wait.toNanos(), 1_000_000L));
  }

  private static Optional<Duration> millis(@Nullable String value) {
    return number(value).flatMap(millis -> positive(millis / 1000));
  }

  private static Optional<Duration> secondsOrDate(@Nullable String value, Instant now) {
    if (value == null) {
      return Optional.empty();
    }
    return number(value).map(RetryAfter::positive).orElseGet(() -> httpDate(value, now));
  }

  private static Optional<Duration> httpDate(String value, Instant now) {
    try {
      ZonedDateTime date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(now, date.toInstant());
      return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> reset(@Nullable String value, Instant now) {
    if (value == null) {
      return Optional.empty();
    }
    return number(value)
        .map(number -> secondsOrEpoch(number, now))
        .orElseGet(() -> goDuration(value.strip()));
  }

  private static Optional<Duration> secondsOrEpoch(double number, Instant now) {
    if (number >= EPOCH_MILLIS_FROM) {
      return positive((number - now.toEpochMilli()) / 1000);
    }
    if (number >= EPOCH_SECONDS_FROM) {
      return positive(number - now.toEpochMilli() / 1000.0);
    }
    return positive(number);
  }

  private static Optional<Duration> goDuration(String value) {
    Matcher parts = GO_DURATION.matcher(value);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return positive(
        part(parts, 1) * 3600 + part(parts, 2) * 60 + part(parts, 3) + part(parts, 4) / 1000);
  }

  private static double part(Matcher parts, int group) {
    String text = parts.group(group);
    return text == null ? 0 : Double.parseDouble(text);
  }

  private static Optional<Duration> inText(String body) {
    Matcher text = IN_TEXT.matcher(body);
    if (!text.find()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(text.group(1));
    return switch (text.group(2).charAt(0)) {
      case 's', 'S' -> positive(number);
      default -> positive(text.group(2).startsWith("min") ? number * 60 : number / 1000);
    };
  }

  private static Optional<Double> number(@Nullable String value) {
    return value != null && NUMBER.matcher(value.strip()).matches()
        ? Optional.of(Double.valueOf(value.strip()))
        : Optional.empty();
  }

  private static Optional<Duration> positive(double seconds) {
    long nanos = Math.round(Math.min(seconds, EPOCH_SECONDS_FROM) * 1e9);
    return nanos > 0 ? Optional.of(Duration.ofNanos(nanos)) : Optional.empty();
  }
}
