package dev.spillway.simulation.invariant;

import dev.spillway.router.trace.Step;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;

/**
 * A request goes where the first rule that fits sends it, by the configuration it came under, and
 * nowhere else.
 */
final class FirstRule implements Invariant {

  @Override
  public String name() {
    return "R1 the first rule that fits";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      for (Attempt attempt : story.attemptsAt(request)) {
        findings.unless(
            request.pool.backends().contains(attempt.backend),
            () ->
                "#%d belongs to %s, and %s was asked"
                    .formatted(request.number, request.pool.name(), attempt.backend));
      }
      if (request.answers > 0) {
        reason(request, findings);
      }
    }
  }

  private static void reason(Request request, Findings findings) {
    String why =
        request.steps.stream()
            .filter(Step.Routed.class::isInstance)
            .map(step -> ((Step.Routed) step).why())
            .findFirst()
            .orElse("");
    findings.unless(
        why.startsWith(request.routedBy),
        () -> "#%d goes by '%s', and says '%s'".formatted(request.number, request.routedBy, why));
  }
}
