package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.util.List;

/**
 * A refusal of the caller's request is the caller's: it is passed on as it is, nobody else is
 * asked, and nothing is held against who refused.
 */
final class CallersFaults implements Invariant {

  @Override
  public String name() {
    return "I8 callers' faults are theirs";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      List<Attempt> attempts = story.attemptsAt(request);
      for (Attempt attempt : attempts) {
        if (attempt.deed == Deed.REFUSED) {
          check(request, attempt, attempts, findings);
        }
      }
    }
    story.standings.forEach((backend, standing) -> {
      boolean innocent =
          story.attempts().stream()
              .filter(attempt -> sharesQuota(story, attempt.backend, backend))
              .allMatch(CallersFaults::isInnocent);
      findings.unless(
          !innocent || standing.equals("serving"),
          () -> "%s has done nothing wrong, and is %s".formatted(backend, standing));
    });
  }

  private static void check(
      Request request, Attempt refusal, List<Attempt> attempts, Findings findings) {
    findings.unless(
        attempts.getLast().equals(refusal),
        () ->
            "#%d was refused by %s, and somebody else was asked"
                .formatted(request.number, refusal.backend));
    boolean asItIs =
        request.status == refusal.status && request.received.toString().equals(refusal.answer);
    findings.unless(
        asItIs || request.left,
        () ->
            "#%d was refused with %d and gets %d: %s"
                .formatted(request.number, refusal.status, request.status, request.received));
  }

  private static boolean sharesQuota(Story story, String one, String other) {
    return story
        .world()
        .backend(one)
        .deployment()
        .equals(story.world().backend(other).deployment());
  }

  private static boolean isInnocent(Attempt attempt) {
    return switch (attempt.deed) {
      case SERVED -> !attempt.cut;
      case REFUSED, STALE, CANCELLED -> true;
      case THROTTLED, REJECTED, FAILED, GARBLED, UNREACHABLE, TIMED_OUT, RESET, UNDER_WAY -> false;
    };
  }
}
