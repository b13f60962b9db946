package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;

/** Every request gets exactly one answer, unless its caller leaves before. */
final class OneAnswer implements Invariant {

  @Override
  public String name() {
    return "I1 one answer";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      boolean right = request.answers == 1 || (request.answers == 0 && request.left);
      findings.unless(
          right && request.done,
          () -> "#%d got %d answers".formatted(request.number, request.answers));
    }
  }
}
