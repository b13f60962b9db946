package dev.spillway.control;

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
    return calls.stream().map(call -> CallLine.of(call, calls.getFirst().at())).toList();
  }
}
