package dev.spillway.simulation.invariant;

import dev.spillway.router.trace.Step;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.MemberSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A backend of a better priority, against which nothing speaks, is asked first. */
final class PriorityFirst implements Invariant {

  @Override
  public String name() {
    return "P1 priority first";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      PoolSpec pool = request.pool;
      Set<String> tried = new HashSet<>();
      for (Attempt attempt : story.attemptsAt(request)) {
        check(request, attempt, pool, tried, known, findings);
        tried.add(attempt.backend);
      }
    }
  }

  private static void check(
      Request request,
      Attempt attempt,
      PoolSpec pool,
      Set<String> tried,
      Knowledge known,
      Findings findings) {
    int priority =
        pool.members().stream()
            .filter(member -> member.backend().equals(attempt.backend))
            .mapToInt(MemberSpec::priority)
            .findFirst()
            .orElseThrow();
    List<String> better =
        pool.members().stream()
            .filter(member -> member.priority() < priority)
            .map(MemberSpec::backend)
            .filter(backend -> !tried.contains(backend))
            .filter(backend -> known.isCertainlyWell(backend, attempt.askedAt))
            .filter(backend -> !mayHaveNoRoom(request, tried.isEmpty(), backend))
            .toList();
    findings.unless(
        better.isEmpty(),
        () ->
            "attempt %d asks %s, though nothing speaks against %s"
                .formatted(attempt.number, attempt.backend, better));
  }

  /**
   * Of who has left no trace is kept. It names each backend once, so that later in a request nobody
   * knows why one that rested before is passed over.
   */
  private static boolean mayHaveNoRoom(Request request, boolean first, String backend) {
    return request.answers == 0
        || request.expectedNoRoomAt(backend)
        || (!first
            && request.steps.stream()
                .anyMatch(it -> it instanceof Step.Skipped step && step.backend().equals(backend)));
  }
}
