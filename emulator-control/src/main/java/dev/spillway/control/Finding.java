package dev.spillway.control;

import java.util.List;

/**
 * Something that a client did, and the calls that prove it.
 *
 * @param fails whether the verdict's rules do not tolerate it
 * @param sentence one line for people
 * @param calls the numbers of the journal's entries that show it
 */
public record Finding(FindingKind kind, boolean fails, String sentence, List<Long> calls) {

  public Finding {
    calls = List.copyOf(calls);
  }
}
