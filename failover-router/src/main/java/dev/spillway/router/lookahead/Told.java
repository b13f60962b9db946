package dev.spillway.router.lookahead;

import dev.spillway.wire.HeaderNames;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's headers say about its deployment's limits; what is missing or makes no sense is
 * null.
 *
 * @param utilization of a provisioned deployment, in percent
 * @param refused which limit a 429 names
 */
record Told(Limit tokens, Limit requests, @Nullable Double utilization, Room.@Nullable Of refused) {

  private static final Limit NO_LIMIT = new Limit(null, null, null, null);

  static final Told NOTHING = new Told(NO_LIMIT, NO_LIMIT, null, null);

  private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");
  private static final Pattern PERCENT = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?%?");
  private static final long LONGEST_PERIOD = 86_400;

  /**
   * One of the two limits.
   *
   * @param limit of one window
   * @param remaining in it; -1, of somebody who did not wait, is none
   * @param period the length of a window
   * @param reset until everything is there again, in milliseconds or in seconds
   */
  record Limit(
      @Nullable Long limit,
      @Nullable Long remaining,
      @Nullable Duration period,
      @Nullable Long reset) {

    /**
     * Whether what was used comes back evenly: then the time until all of it is back tells how much
     * is in use, {@code reset = used x period / limit}.
     */
    boolean comesBackEvenly(Duration usual) {
      if (limit == null || remaining == null || reset == null || remaining >= limit) {
        return false;
      }
      double whole = (period == null ? usual : period).toMillis();
      double millis = (double) (limit - remaining) * whole / limit;
      return Math.abs(reset - millis) <= 2 + millis / 50 || reset == (long) (millis / 1000);
    }
  }

  static Told of(Function<String, @Nullable String> header) {
    return new Told(
        limit(
            header,
            HeaderNames.LIMIT_TOKENS,
            HeaderNames.REMAINING_TOKENS,
            HeaderNames.RENEWAL_PERIOD_TOKENS,
            HeaderNames.RESET_TOKENS),
        limit(
            header,
            HeaderNames.LIMIT_REQUESTS,
            HeaderNames.REMAINING_REQUESTS,
            HeaderNames.RENEWAL_PERIOD_REQUESTS,
            HeaderNames.RESET_REQUESTS),
        percent(header.apply(HeaderNames.DEPLOYMENT_UTILIZATION)),
        null);
  }

  /**
   * What a 429 tells.
   *
   * @param text of its body; asked for only when no header names the limit
   */
  static Told ofRefusal(Function<String, @Nullable String> header, Supplier<String> text) {
    Told told = of(header);
    String policy = header.apply(HeaderNames.POLICY_ID);
    Room.Of refused = policy == null ? named(text.get(), " rate limit") : named(policy, "");
    return new Told(told.tokens, told.requests, told.utilization, refused);
  }

  /** "have exceeded token rate limit", {@code DeploymentRatelimit-Call}. */
  private static Room.@Nullable Of named(String text, String after) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("token" + after)) {
      return Room.Of.TOKENS;
    }
    return lower.contains("call" + after) ? Room.Of.REQUESTS : null;
  }

  private static Limit limit(
      Function<String, @Nullable String> header,
      String limit,
      String remaining,
      String period,
      String reset) {
    String left = header.apply(remaining);
    return new Limit(
        whole(header.apply(limit)),
        "-1".equals(left) ? Long.valueOf(0) : whole(left),
        period(whole(header.apply(period))),
        whole(header.apply(reset)));
  }

  private static @Nullable Duration period(@Nullable Long seconds) {
    return seconds == null || seconds == 0 || seconds > LONGEST_PERIOD
        ? null
        : Duration.ofSeconds(seconds);
  }

  private static @Nullable Long whole(@Nullable String value) {
    return value != null && WHOLE.matcher(value.strip()).matches()
        ? Long.valueOf(value.strip())
        : null;
  }

  private static @Nullable Double percent(@Nullable String value) {
    if (value == null || !PERCENT.matcher(value.strip()).matches()) {
      return null;
    }
    String number = value.strip();
    return Double.valueOf(number.endsWith("%") ? number.substring(0, number.length() - 1) : number);
  }
}
