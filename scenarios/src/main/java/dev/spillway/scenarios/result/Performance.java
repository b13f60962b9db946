package dev.spillway.scenarios.result;

import dev.spillway.control.FaultStatus;
import dev.spillway.control.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was seen when a scenario was played, before anybody has judged it.
 *
 * @param calls in the order in which they began
 * @param journal every call that the emulator saw, oldest first
 * @param faults all that were set, with how often each struck
 * @param samples of all deployments, oldest first
 * @param started the emulator's clock at the beginning, so that {@code at} of the journal can be
 *     placed
 * @param lasted by the stage's time
 * @param traces what the router said about itself, one JSON text for each request
 */
public record Performance(
    List<CallRecord> calls,
    List<JournalEntry> journal,
    List<FaultStatus> faults,
    List<BucketSample> samples,
    Instant started,
    Duration lasted,
    List<String> traces) {

  public Performance {
    calls = List.copyOf(calls);
    journal = List.copyOf(journal);
    faults = List.copyOf(faults);
    samples = List.copyOf(samples);
    traces = List.copyOf(traces);
  }
}
