package dev.spillway.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,3}))?(ms|s|m|h)");

  private Durations() {}

  /**
   * Reads {@code 250ms}, {@code 1.5s}, {@code 2m} or {@code 1h}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a duration: " + text);
    }
    Duration unit =
        switch (form.group(3)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    Duration whole = unit.multipliedBy(Long.parseLong(form.group(1)));
    if (form.group(2) == null) {
      return whole;
    }
    long thousandths = Long.parseLong((form.group(2) + "00").substring(0, 3));
    return whole.plus(unit.multipliedBy(thousandths).dividedBy(1000));
  }
}
