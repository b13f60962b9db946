package dev.spillway.emulator.filter;

/** What the filter says of a text in one respect. */
public sealed interface Annotation {

  /** Whether the text was withheld for it. */
  boolean filtered();

  record Graded(FilterCategory category, Severity severity, boolean filtered)
      implements Annotation {}

  record Detected(FilterCategory category, boolean detected, boolean filtered)
      implements Annotation {}

  /** A term of this blocklist stands in it. */
  record Listed(String blocklist) implements Annotation {
    @Override
    public boolean filtered() {
      return true;
    }
  }
}
