package dev.spillway.control;

import java.time.Instant;
import java.util.List;

/**
 * One call of the journal in one line.
 *
 * @param number of its entry
 * @param line what it asked for and got, and when, counted from the request's first attempt
 */
public record SeenCall(long number, String line) {

  /** These calls, counted from the first of them. */
  public static List<SeenCall> of(List<JournalEntry> calls) {
    return calls.isEmpty() ? List.of() : of(calls, calls.getFirst().at());
  }

  /** These calls, counted from a moment. */
  public static List<SeenCall> of(List<JournalEntry> calls, Instant start) {
    return calls.stream().map(call -> CallLine.of(call, start)).toList();
  }
}
