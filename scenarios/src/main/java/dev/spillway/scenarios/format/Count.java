package dev.spillway.scenarios.format;

/**
 * How many of some calls: {@code all}, {@code none}, {@code some}, a number, a share such as {@code
 * 90%}, or an interval of either.
 *
 * @param isShare whether the interval is of hundredths
 */
public record Count(Interval interval, boolean isShare) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Count parse(String text) {
    return switch (text.strip()) {
      case "all" -> new Count(Interval.ofNumbers("100").called("all"), true);
      case "none" -> new Count(Interval.ofNumbers("0").called("none"), false);
      case "some" -> new Count(Interval.ofNumbers(">= 1").called("some"), false);
      default -> {
        boolean isShare = text.contains("%");
        Interval interval = Interval.ofNumbers(text.replace("%", ""));
        yield new Count(interval.called(text.strip()), isShare);
      }
    };
  }

  /** Whether so many of so many are as they should be. */
  public boolean holds(long seen, long of) {
    return interval.holds(isShare && of > 0 ? 100.0 * seen / of : seen);
  }

  @Override
  public String toString() {
    return interval.text();
  }
}
