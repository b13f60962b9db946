package dev.spillway.emulator.filter;

/**
 * What a policy does about a category: leaves it off, only annotates, or blocks; a category with
 * severities blocks from one of them up.
 */
public enum Rule {
  OFF,
  ANNOTATE,
  LOW,
  MEDIUM,
  HIGH,
  BLOCK;

  boolean blocks(Severity found) {
    return switch (this) {
      case OFF, ANNOTATE -> false;
      case LOW, BLOCK -> found != Severity.SAFE;
      case MEDIUM -> found.compareTo(Severity.MEDIUM) >= 0;
      case HIGH -> found == Severity.HIGH;
    };
  }

  /** Whether it can be said of the category: severities of graded ones, block of the others. */
  public boolean fits(FilterCategory category) {
    return switch (this) {
      case OFF, ANNOTATE -> true;
      case LOW, MEDIUM, HIGH -> category.graded();
      case BLOCK -> !category.graded();
    };
  }
}
