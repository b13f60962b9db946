package dev.spillway.router.routing;

import java.util.List;
import java.util.Optional;

/**
 * Some names; one that ends in {@code *} stands for all that begin so.
 *
 * @param patterns at least one
 */
public record Names(List<String> patterns) {

  /** The pattern that a name fits. */
  public Optional<String> fitting(String name) {
    return patterns.stream().filter(pattern -> fits(pattern, name)).findFirst();
  }

  private static boolean fits(String pattern, String name) {
    return pattern.endsWith("*") ? name.startsWith(stem(pattern)) : name.equals(pattern);
  }

  /** Whether every name that fits these fits the others too. */
  boolean isWithin(Names others) {
    return patterns.stream()
        .allMatch(pattern -> others.patterns.stream().anyMatch(other -> isWithin(pattern, other)));
  }

  private static boolean isWithin(String pattern, String other) {
    return other.endsWith("*") ? pattern.startsWith(stem(other)) : pattern.equals(other);
  }

  private static String stem(String pattern) {
    return pattern.substring(0, pattern.length() - 1);
  }

  @Override
  public String toString() {
    return String.join(" or ", patterns);
  }
}
