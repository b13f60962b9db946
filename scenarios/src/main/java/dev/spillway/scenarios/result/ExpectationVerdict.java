package dev.spillway.scenarios.result;

import java.util.List;

/**
 * What became of one expectation.
 *
 * @param line where the file says it
 * @param name what is judged: {@code statuses}, {@code served-by}
 * @param selection which calls, in words; empty for all
 * @param expected what should have been seen, in one line
 * @param seen what was seen, in one line
 * @param evidence the calls and attempts that show it, a line each; empty where it passes
 */
public record ExpectationVerdict(
    int line,
    String name,
    String selection,
    boolean passes,
    String expected,
    String seen,
    List<String> evidence) {

  public ExpectationVerdict {
    evidence = List.copyOf(evidence);
  }
}
