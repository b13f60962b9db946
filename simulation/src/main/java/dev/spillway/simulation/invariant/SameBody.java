package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Story;
import java.util.Arrays;

/** Every attempt has the caller's body, byte for byte. */
final class SameBody implements Invariant {

  @Override
  public String name() {
    return "I7 the same body";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Attempt attempt : story.attempts()) {
      findings.unless(
          Arrays.equals(attempt.body, story.requests().get(attempt.request).body),
          () -> "attempt %d has another body than #%d".formatted(attempt.number, attempt.request));
    }
  }
}
