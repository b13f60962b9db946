package dev.spillway.scenarios.report;

import dev.spillway.scenarios.result.ScenarioResult;

/** What a reader is told first of a scenario, in a word, a sign and a colour. */
enum Verdict {
  PASSED("✓", "passed"),
  FAILED("✗", "failed"),
  UNPLAYED("?", "not played");

  private final String symbol;
  private final String words;

  Verdict(String symbol, String words) {
    this.symbol = symbol;
    this.words = words;
  }

  static Verdict of(ScenarioResult result) {
    return switch (result) {
      case ScenarioResult.Played played -> of(played.passes());
      case ScenarioResult.Unplayed unplayed -> UNPLAYED;
    };
  }

  static Verdict of(boolean passes) {
    return passes ? PASSED : FAILED;
  }

  String symbol() {
    return symbol;
  }

  String words() {
    return words;
  }

  /** Its name in the style sheet. */
  String label() {
    return this == UNPLAYED ? "unplayed" : words;
  }
}
