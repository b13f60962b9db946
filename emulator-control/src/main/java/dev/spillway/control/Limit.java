package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of something is allowed: a whole number from 0 up, or no limit at all.
 *
 * <p>In JSON and YAML a number, or the text {@code unlimited}.
 */
public record Limit(long count) {

  public static final Limit UNLIMITED = new Limit(Long.MAX_VALUE);

  /** More than anybody is given, and so little that a window renews less than one a nanosecond. */
  private static final long MOST = 10_000_000_000L;

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})([kKmM]?)");

  public Limit {
    if (count < 0 || (count > MOST && count != Long.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "a limit is a number from 0 to " + MOST + ", not " + count);
    }
  }

  public static Limit of(long count) {
    return new Limit(count);
  }

  /**
   * Reads {@code 40k}, {@code 1000} or {@code unlimited}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Limit parse(String text) {
    if (text.equals("unlimited")) {
      return UNLIMITED;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a limit is a number such as 1000 or 40k, or 'unlimited', not '" + text + "'");
    }
    long unit =
        switch (form.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 1_000;
          case "m" -> 1_000_000;
          default -> 1;
        };
    return new Limit(Math.multiplyExact(Long.parseLong(form.group(1)), unit));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Limit ofNumber(long count) {
    return new Limit(count);
  }

  public boolean isUnlimited() {
    return this.equals(UNLIMITED);
  }

  /** This limit times a ratio, or the largest there is; no limit stays none. */
  public Limit times(long ratio) {
    return isUnlimited() ? this : new Limit(Math.min(MOST, Math.multiplyExact(count, ratio)));
  }

  /** So many hundredths of it, rounded up; no limit stays none. */
  public Limit percent(int percent) {
    return isUnlimited() ? this : new Limit(Math.ceilDiv(count * percent, 100L));
  }

  @JsonValue
  Object json() {
    return isUnlimited() ? "unlimited" : (Object) count;
  }

  @Override
  public String toString() {
    return isUnlimited() ? "unlimited" : String.format(Locale.ROOT, "%,d", count);
  }
}
