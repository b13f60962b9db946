package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.time.Duration;

/** When a caller has left, its backend is let go at once, and nobody else is asked. */
final class GoneIsGone implements Invariant {

  @Override
  public String name() {
    return "I10 gone is gone";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      if (!request.left) {
        continue;
      }
      findings.unless(
          request.doneAt <= request.leftAt,
          () ->
              "#%d was worked at for %s after its caller had left"
                  .formatted(request.number, Duration.ofNanos(request.doneAt - request.leftAt)));
      for (Attempt attempt : story.attemptsAt(request)) {
        findings.unless(
            attempt.askedAt <= request.leftAt,
            () ->
                "#%d asks %s after its caller has left".formatted(request.number, attempt.backend));
      }
    }
  }
}
