package dev.spillway.router.routing;

import java.util.Locale;

/**
 * Numbers between two bounds, neither of which belongs to them.
 *
 * @param above {@link Double#NEGATIVE_INFINITY} for no lower bound
 * @param below {@link Double#POSITIVE_INFINITY} for no upper bound
 */
public record Span(double above, double below) {

  boolean holds(double number) {
    return number > above && number < below;
  }

  boolean isWithin(Span other) {
    return above >= other.above && below <= other.below;
  }

  /** Whether no number at all fits. */
  public boolean isEmpty() {
    return above >= below;
  }

  /** As in {@code > 8,000} or {@code > 0.2 and < 0.6}. */
  @Override
  public String toString() {
    String lower = above == Double.NEGATIVE_INFINITY ? "" : "> " + shown(above);
    String upper = below == Double.POSITIVE_INFINITY ? "" : "< " + shown(below);
    return lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " and " + upper;
  }

  private static String shown(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,d", (long) number)
        : Double.toString(number);
  }
}
