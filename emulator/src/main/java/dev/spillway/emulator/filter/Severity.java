package dev.spillway.emulator.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad a text is in a category; of categories without severities all but safe is detected. */
public enum Severity {
  SAFE,
  LOW,
  MEDIUM,
  HIGH;

  private final String onTheWire = name().toLowerCase(Locale.ROOT);

  public String onTheWire() {
    return onTheWire;
  }

  /** A severity that is not safe. */
  static Optional<Severity> find(String onTheWire) {
    return Arrays.stream(values())
        .filter(severity -> severity != SAFE && severity.onTheWire.equals(onTheWire))
        .findFirst();
  }

  Severity orWorse(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
