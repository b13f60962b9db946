package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;

/** After all faults everything works at the first attempt, and nothing is left open. */
final class AliveAfter implements Invariant {

  @Override
  public String name() {
    return "I16 alive after";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      if (request.afterwards) {
        int attempts = story.attemptsAt(request).size();
        findings.unless(
            request.status == 200 && attempts == 1,
            () ->
                "#%d got %d after %d attempts".formatted(request.number, request.status, attempts));
      }
    }
    for (Attempt attempt : story.attempts()) {
      findings.unless(attempt.closed, () -> "attempt %d is still open".formatted(attempt.number));
    }
    findings.unless(
        story.unsettled == 0, () -> "%d calls are not settled".formatted(story.unsettled));
    story.inFlight.forEach((backend, count) ->
        findings.unless(
            count == 0, () -> "%s still has %d to do, says the router".formatted(backend, count)));
  }
}
