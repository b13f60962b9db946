package dev.spillway.simulation.invariant;

import dev.spillway.router.trace.Delivery;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;

/** An answer that was cut is never ended as if it were whole, and a whole one arrives as it is. */
final class CutIsNotWhole implements Invariant {

  @Override
  public String name() {
    return "I9 cut is not whole";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      if (!request.left) {
        story
            .passed(request)
            .filter(passed -> passed.deed == Deed.SERVED)
            .ifPresent(passed -> check(request, passed, findings));
      }
    }
  }

  private static void check(Request request, Attempt attempt, Findings findings) {
    String received = request.received.toString();
    boolean endsWell = request.delivery == Delivery.COMPLETE || !attempt.stream;
    if (attempt.cut) {
      findings.unless(
          !endsWell && request.brokenOff && Cuts.hasNotice(received),
          () -> "#%d got a cut stream as a whole one: %s".formatted(request.number, received));
    } else {
      findings.unless(
          endsWell && received.equals(attempt.answer),
          () ->
              "#%d did not get all of the answer (%s): %s"
                  .formatted(request.number, request.delivery, received));
    }
  }
}
