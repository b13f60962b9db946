package dev.spillway.scenarios.format;

import java.util.function.ToDoubleFunction;

/**
 * What an amount may be: {@code 5}, {@code <= 5}, {@code < 5}, {@code >= 5}, {@code > 5} or {@code
 * 5..9}.
 *
 * @param text as it was written
 */
public record Interval(
    double least, boolean leastIsIn, double most, boolean mostIsIn, String text) {

  /**
   * Reads one.
   *
   * @param amount reads a single amount
   * @throws IllegalArgumentException for anything else
   */
  public static Interval parse(String text, ToDoubleFunction<String> amount) {
    String words = text.strip();
    int dots = words.indexOf("..");
    if (dots > 0) {
      double least = amount.applyAsDouble(words.substring(0, dots).strip());
      double most = amount.applyAsDouble(words.substring(dots + 2).strip());
      if (least > most) {
        throw new IllegalArgumentException(text);
      }
      return new Interval(least, true, most, true, words);
    }
    boolean isClosed = words.startsWith("<=") || words.startsWith(">=");
    if (!isClosed && !words.startsWith("<") && !words.startsWith(">")) {
      double exact = amount.applyAsDouble(words);
      return new Interval(exact, true, exact, true, words);
    }
    double bound = amount.applyAsDouble(words.substring(isClosed ? 2 : 1).strip());
    return words.startsWith("<")
        ? new Interval(Double.NEGATIVE_INFINITY, true, bound, isClosed, words)
        : new Interval(bound, isClosed, Double.POSITIVE_INFINITY, true, words);
  }

  /** Reads one of plain numbers. */
  public static Interval ofNumbers(String text) {
    return parse(text, Double::parseDouble);
  }

  public boolean holds(double amount) {
    return (leastIsIn ? amount >= least : amount > least)
        && (mostIsIn ? amount <= most : amount < most);
  }

  public boolean holds(long amount) {
    return holds((double) amount);
  }

  /** The same, that was written otherwise. */
  Interval called(String words) {
    return new Interval(least, leastIsIn, most, mostIsIn, words);
  }

  @Override
  public String toString() {
    return text;
  }
}
