package dev.spillway.scenarios.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * What a judge says.
 *
 * @param expected in one line
 * @param seen in one line
 * @param evidence what shows that it did not come true; nothing is kept where it did
 */
record Opinion(boolean passes, String expected, String seen, List<String> evidence) {

  /** More says no more. */
  private static final int MOST_LINES = 12;

  Opinion {
    if (passes) {
      evidence = List.of();
    } else if (evidence.size() > MOST_LINES) {
      int left = evidence.size() - MOST_LINES;
      evidence = new ArrayList<>(evidence.subList(0, MOST_LINES));
      evidence.add("and " + left + " more");
    }
    evidence = List.copyOf(evidence);
  }
}
