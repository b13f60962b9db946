package dev.spillway.emulator.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the content filter looks for, in the order in which annotations name it. */
public enum FilterCategory {
  HATE(Kind.GRADED, true, true),
  INDIRECT_ATTACK(Kind.DETECTED, true, false),
  JAILBREAK(Kind.DETECTED, true, false),
  PROFANITY(Kind.DETECTED, true, true),
  PROTECTED_MATERIAL_CODE(Kind.DETECTED, false, true),
  PROTECTED_MATERIAL_TEXT(Kind.DETECTED, false, true),
  SELF_HARM(Kind.GRADED, true, true),
  SEXUAL(Kind.GRADED, true, true),
  VIOLENCE(Kind.GRADED, true, true);

  private enum Kind {
    GRADED,
    DETECTED
  }

  private final String onTheWire = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final boolean inPrompts;
  private final boolean inCompletions;

  FilterCategory(Kind kind, boolean inPrompts, boolean inCompletions) {
    this.kind = kind;
    this.inPrompts = inPrompts;
    this.inCompletions = inCompletions;
  }

  /** As annotations, files and markers spell it, such as {@code self_harm}. */
  public String onTheWire() {
    return onTheWire;
  }

  /** Whether it has severities; otherwise it is detected or not. */
  public boolean graded() {
    return kind == Kind.GRADED;
  }

  /** Whether the service looks for it on that side. */
  public boolean isLookedForIn(Side side) {
    return switch (side) {
      case PROMPT -> inPrompts;
      case COMPLETION -> inCompletions;
    };
  }

  /** Those that the service looks for on that side. */
  public static List<FilterCategory> of(Side side) {
    return Arrays.stream(values()).filter(category -> category.isLookedForIn(side)).toList();
  }

  public static Optional<FilterCategory> find(String onTheWire) {
    return Arrays.stream(values())
        .filter(category -> category.onTheWire.equals(onTheWire))
        .findFirst();
  }
}
