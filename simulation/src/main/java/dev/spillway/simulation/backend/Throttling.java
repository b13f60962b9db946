package dev.spillway.simulation.backend;

import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.router.plan.Header;
import dev.spillway.simulation.world.WaitForm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wait as a 429 says it.
 *
 * @param said what whoever reads it right reads; null where it says nothing
 */
record Throttling(List<Header> headers, String message, @Nullable Duration said) {

  private static final long SECOND = 1_000_000_000L;

  static Throttling of(
      WaitForm form, @Nullable Duration wait, @Nullable Limited limited, Instant now) {
    return of(form, wait, now, "Requests have exceeded the %s limit.".formatted(word(limited)));
  }

  private static String word(@Nullable Limited limited) {
    if (limited == null) {
      return "throughput";
    }
    return switch (limited) {
      case TOKENS -> "token rate";
      case REQUESTS -> "call rate";
    };
  }

  private static Throttling of(WaitForm form, @Nullable Duration wait, Instant now, String plain) {
    if (wait == null) {
      return new Throttling(List.of(), plain, null);
    }
    Duration millis = Duration.ofMillis(Math.ceilDiv(Math.max(1, wait.toNanos()), 1_000_000));
    Duration seconds = Duration.ofSeconds(Math.ceilDiv(Math.max(1, wait.toNanos()), SECOND));
    return switch (form) {
      case MILLIS -> header("retry-after-ms", millis.toMillis(), millis, plain);
      case AZURE_MILLIS -> header("x-ms-retry-after-ms", millis.toMillis(), millis, plain);
      case SECONDS -> header("Retry-After", seconds.toSeconds(), seconds, plain);
      case BOTH ->
          new Throttling(
              List.of(
                  new Header("Retry-After", "" + seconds.toSeconds()),
                  new Header("retry-after-ms", "" + millis.toMillis())),
              plain,
              millis);
      case DATE -> date(now, seconds, plain);
      case RESET_TOKENS ->
          new Throttling(
              List.of(
                  new Header(
                      "x-ratelimit-reset-tokens",
                      seconds.toMinutes() + "m" + seconds.toSecondsPart() + "s")),
              plain,
              seconds);
      case TEXT ->
          new Throttling(
              List.of(),
              plain + " Please retry after " + seconds.toSeconds() + " seconds.",
              seconds);
      case NONE -> new Throttling(List.of(), plain, null);
      case ZERO ->
          new Throttling(
              List.of(new Header("Retry-After", "0"), new Header("retry-after-ms", "-1")),
              plain,
              null);
      case GARBAGE ->
          new Throttling(
              List.of(
                  new Header("Retry-After", "soon \u00e9"),
                  new Header("retry-after-ms", "99999999999999999999"),
                  new Header("x-ratelimit-reset-tokens", "h1m")),
              plain,
              null);
      case ABSURD -> header("Retry-After", 86_400, Duration.ofDays(1), plain);
    };
  }

  private static Throttling header(String name, long value, Duration said, String plain) {
    return new Throttling(List.of(new Header(name, "" + value)), plain, said);
  }

  /** A date has no parts of a second, so it is less than was meant, or nothing at all. */
  private static Throttling date(Instant now, Duration wait, String plain) {
    Instant whole = Instant.ofEpochSecond(now.plus(wait).getEpochSecond());
    Duration said = Duration.between(now, whole);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(whole.atOffset(ZoneOffset.UTC));
    return new Throttling(
        List.of(new Header("Retry-After", date)), plain, said.isPositive() ? said : null);
  }
}
