package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Story;
import java.time.Duration;

/** No backend is asked while it, or one that shares its quota, has asked for a rest. */
final class RestsAreKept implements Invariant {

  @Override
  public String name() {
    return "I6 rests are kept";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Attempt attempt : story.attempts()) {
      long rest = known.certainRest(attempt.backend, attempt.askedAt);
      findings.unless(
          rest <= 0,
          () ->
              "attempt %d asks %s, which rests for another %s"
                  .formatted(attempt.number, attempt.backend, Duration.ofNanos(rest)));
    }
  }
}
