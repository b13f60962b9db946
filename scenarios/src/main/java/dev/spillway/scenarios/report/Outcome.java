package dev.spillway.scenarios.report;

import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.Exchange.End;
import java.util.Locale;

/** What became of a call or an attempt; each has a colour and, for who sees none, a shape. */
enum Outcome {
  SERVED("served"),
  THROTTLED("429"),
  REFUSED("other 4xx"),
  FAILED("5xx"),
  CUT("cut off"),
  LEFT("left by the caller"),
  NO_ANSWER("no answer");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** {@code 5 × 429}, {@code 41 served}. */
  String times(long count) {
    boolean isStatus = this == THROTTLED || this == REFUSED || this == FAILED;
    return Counts.of(count) + (isStatus ? " × " : " ") + words;
  }

  /** Its name in the style sheet and among the symbols. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Outcome of(Exchange exchange) {
    return switch (exchange.end()) {
      case COMPLETE -> of(exchange.status());
      case UNFINISHED, ERROR_EVENT, CUT -> CUT;
      case LEFT -> LEFT;
      case NO_ANSWER -> NO_ANSWER;
    };
  }

  static Outcome of(JournalEntry attempt) {
    return switch (attempt.end()) {
      case JournalEntry.CANCELLED -> LEFT;
      case JournalEntry.FAILED -> CUT;
      default -> of(attempt.status());
    };
  }

  private static Outcome of(int status) {
    if (status == 0) {
      return NO_ANSWER;
    }
    if (status == 429) {
      return THROTTLED;
    }
    return status < 400 ? SERVED : status < 500 ? REFUSED : FAILED;
  }

  /** What an exchange ended with, in a word or two. */
  static String words(Exchange exchange) {
    String status = exchange.status() == 0 ? "no answer" : Integer.toString(exchange.status());
    return exchange.end() == End.COMPLETE || exchange.end() == End.NO_ANSWER
        ? status
        : status + ", " + exchange.end().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
