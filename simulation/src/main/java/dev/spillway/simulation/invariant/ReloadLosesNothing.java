package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Reloaded;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;

/**
 * A reload loses nothing: what is under way is finished, rests that were asked for before it are
 * kept, and so is what is known of backends that stay.
 */
final class ReloadLosesNothing implements Invariant {

  @Override
  public String name() {
    return "I15 reload";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    Reloaded reloaded = story.reloaded;
    if (reloaded == null) {
      return;
    }
    for (Request request : story.requests()) {
      boolean underWay = request.sentAt < reloaded.at() && request.doneAt > reloaded.at();
      findings.unless(
          !underWay || request.answers == 1 || request.left,
          () -> "#%d was under way, and got no answer".formatted(request.number));
    }
    for (Attempt attempt : story.attempts()) {
      rested(story, attempt, reloaded.at(), known, findings);
    }
    if (story.world().raceShare() == 0) { // nobody else came in between
      findings.unless(
          reloaded.before().equals(reloaded.after()),
          () -> "%s was known, and then %s".formatted(reloaded.before(), reloaded.after()));
    }
  }

  private static void rested(
      Story story, Attempt attempt, long at, Knowledge known, Findings findings) {
    findings.unless(
        attempt.askedAt <= at
            || at + known.certainRest(attempt.backend, at) <= attempt.askedAt
            || isAnotherTry(story, attempt),
        () ->
            "attempt %d asks %s, which had said before to wait"
                .formatted(attempt.number, attempt.backend));
  }

  /** A connection that was closed is tried again at once, whoever was throttled meanwhile. */
  private static boolean isAnotherTry(Story story, Attempt attempt) {
    return story.attempts().stream()
        .anyMatch(other ->
            other.request == attempt.request
                && other.deed == Deed.STALE
                && other.backend.equals(attempt.backend));
  }
}
