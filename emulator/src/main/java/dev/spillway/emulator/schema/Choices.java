package dev.spillway.emulator.schema;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Draws one of several. */
final class Choices {

  /** One of so many draws is from all. */
  private static final int SELDOM = 6;

  private Choices() {}

  static <T> T any(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }

  /** One of those that are preferred, as a rule. */
  static <T> T preferring(List<T> all, Predicate<T> preferred, RandomGenerator random) {
    List<T> better = all.stream().filter(preferred).toList();
    return any(better.isEmpty() || random.nextInt(SELDOM) == 0 ? all : better, random);
  }
}
