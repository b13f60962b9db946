package dev.spillway.simulation.invariant;

import dev.spillway.router.upstream.Execution;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.util.List;

/** The router's trace has every attempt, and denies none that a model has worked for. */
final class HonestBooks implements Invariant {

  @Override
  public String name() {
    return "I12 honest books";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      if (request.answers > 0) {
        check(request, story.attemptsAt(request), findings);
      }
    }
  }

  private static void check(Request request, List<Attempt> attempts, Findings findings) {
    List<String> booked = request.executions();
    findings.unless(
        booked.size() == attempts.size(),
        () ->
            "#%d has %d attempts, and %d in its trace"
                .formatted(request.number, attempts.size(), booked.size()));
    for (int i = 0; i < Math.min(booked.size(), attempts.size()); i++) {
      Attempt attempt = attempts.get(i);
      boolean denied = booked.get(i).equals(Execution.NOT_EXECUTED.name());
      findings.unless(
          !attempt.worked || !denied || isTold(attempt),
          () ->
              "attempt %d at %s was charged, and is booked as not executed"
                  .formatted(attempt.number, attempt.backend));
    }
  }

  /** A backend that says inside of a stream that it is throttled says that it has not worked. */
  private static boolean isTold(Attempt attempt) {
    return attempt.stream && attempt.deed == Attempt.Deed.THROTTLED;
  }
}
