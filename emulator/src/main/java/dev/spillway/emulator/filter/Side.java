package dev.spillway.emulator.filter;

/** Which text the filter looks at. */
public enum Side {
  PROMPT,
  COMPLETION
}
