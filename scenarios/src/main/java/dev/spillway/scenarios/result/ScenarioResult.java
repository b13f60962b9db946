package dev.spillway.scenarios.result;

import dev.spillway.scenarios.format.Scenario;
import java.time.Duration;
import java.util.List;

/** What became of a scenario. */
public sealed interface ScenarioResult {

  Scenario scenario();

  /** What it was played with, and plays it again. */
  long seed();

  boolean passes();

  /**
   * It was played to its end, and judged.
   *
   * @param verdicts one for each expectation, in the file's order
   * @param seen what it was judged by
   * @param took by the machine's clock
   */
  record Played(
      Scenario scenario,
      long seed,
      List<ExpectationVerdict> verdicts,
      Performance seen,
      Duration took)
      implements ScenarioResult {

    public Played {
      verdicts = List.copyOf(verdicts);
    }

    @Override
    public boolean passes() {
      return verdicts.stream().allMatch(ExpectationVerdict::passes);
    }

    public List<ExpectationVerdict> failures() {
      return verdicts.stream().filter(verdict -> !verdict.passes()).toList();
    }
  }

  /**
   * It could not be played, so that nothing can be said of the router.
   *
   * @param why one line for people
   */
  record Unplayed(Scenario scenario, long seed, String why) implements ScenarioResult {

    @Override
    public boolean passes() {
      return false;
    }
  }
}
