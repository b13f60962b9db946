package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.RouterLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No more attempts than allowed, none twice in a round, and nothing after the deadline. */
final class Bounds implements Invariant {

  @Override
  public String name() {
    return "I5 bounds";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    RouterLimits limits = story.world().limits();
    for (Request request : story.requests()) {
      List<Attempt> attempts = story.attemptsAt(request);
      long counted = attempts.stream().filter(attempt -> attempt.deed != Deed.STALE).count();
      findings.unless(
          counted <= limits.maxAttempts(),
          () -> "#%d has %d attempts".formatted(request.number, counted));
      once(request, attempts, findings);
      if (request.answers > 0) {
        long deadline = deadline(limits, request);
        findings.unless(
            request.answeredAt <= deadline,
            () ->
                "#%d was answered %s after its deadline"
                    .formatted(request.number, Duration.ofNanos(request.answeredAt - deadline)));
      }
    }
  }

  static long deadline(RouterLimits limits, Request request) {
    Duration callers = request.spec.deadline();
    Duration whole =
        callers != null && callers.compareTo(limits.timeout()) < 0 ? callers : limits.timeout();
    return request.sentAt + whole.toNanos();
  }

  private static void once(Request request, List<Attempt> attempts, Findings findings) {
    Set<String> asked = new HashSet<>();
    long free = request.sentAt;
    for (Attempt attempt : attempts) {
      if (attempt.askedAt > free) {
        asked.clear();
      }
      boolean isNew = asked.add(attempt.backend);
      findings.unless(
          isNew,
          () ->
              "#%d asks %s a second time in one round".formatted(request.number, attempt.backend));
      if (attempt.deed == Deed.STALE) {
        asked.remove(attempt.backend);
      }
      free = attempt.answeredAt;
    }
  }
}
