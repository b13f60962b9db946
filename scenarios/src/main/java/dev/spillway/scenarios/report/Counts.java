package dev.spillway.scenarios.report;

import java.util.Locale;

/** How many there are, as people read it, in whatever country the program runs. */
final class Counts {

  private Counts() {}

  /** {@code 20,000}. */
  static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 20,000 calls}, {@code 1 call}. */
  static String of(long count, String what) {
    return of(count) + " " + what + (count == 1 ? "" : "s");
  }
}
