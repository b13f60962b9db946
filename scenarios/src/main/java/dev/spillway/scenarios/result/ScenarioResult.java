package dev.spillway.scenarios.result;

import dev.spillway.control.FaultStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.Scenario;
import java.time.Duration;
import java.time.Instant;
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
   * @param calls of all traffic, in the order in which they began
   * @param journal every call that the emulator saw, oldest first
   * @param faults all that were set, with how often each struck
   * @param samples of all deployments, oldest first
   * @param started the emulator's clock at the beginning, so that {@code at} of the journal can be
   *     placed
   * @param lasted by the stage's time
   * @param took by the machine's clock
   * @param traces what the router said about itself, one JSON text for each request
   */
  record Played(
      Scenario scenario,
      long seed,
      List<ExpectationVerdict> verdicts,
      List<CallRecord> calls,
      List<JournalEntry> journal,
      List<FaultStatus> faults,
      List<BucketSample> samples,
      Instant started,
      Duration lasted,
      Duration took,
      List<String> traces)
      implements ScenarioResult {

    public Played {
      verdicts = List.copyOf(verdicts);
      calls = List.copyOf(calls);
      journal = List.copyOf(journal);
      faults = List.copyOf(faults);
      samples = List.copyOf(samples);
      traces = List.copyOf(traces);
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
