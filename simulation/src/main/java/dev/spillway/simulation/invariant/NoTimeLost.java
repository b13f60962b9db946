package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.time.Duration;
import java.util.List;

/**
 * A request takes as long as its attempts, and no longer: nothing waits while anything may be
 * asked, nor longer than until the first rest ends or than it is allowed to.
 */
final class NoTimeLost implements Invariant {

  @Override
  public String name() {
    return "I4 no time lost";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    Duration mayWait = story.world().limits().maxWait();
    for (Request request : story.requests()) {
      Rounds rounds = Rounds.of(story, request);
      findings.unless(
          rounds.waited() <= mayWait.toNanos(),
          () ->
              "#%d waited %s of at most %s"
                  .formatted(request.number, Duration.ofNanos(rounds.waited()), mayWait));
      List<String> pool = request.pool.backends();
      for (Rounds.Pause pause : rounds.pauses()) {
        check(request, pause, pool, known, findings);
      }
    }
  }

  private static void check(
      Request request, Rounds.Pause pause, List<String> pool, Knowledge known, Findings findings) {
    for (String backend : pool) {
      findings.unless(
          pause.tried().contains(backend) || known.mayBePassedOver(backend, pool, pause.from()),
          () ->
              "#%d waited %s, and %s could have been asked"
                  .formatted(request.number, Duration.ofNanos(pause.length()), backend));
    }
    long shortest =
        pool.stream()
            .mapToLong(backend -> known.possibleRest(backend, pause.from()))
            .filter(rest -> rest > 0)
            .min()
            .orElse(0);
    findings.unless(
        request.left || pause.length() <= shortest || endedInTurns(pause, pool, known),
        () ->
            "#%d waited %s, and the first rest was over after %s"
                .formatted(
                    request.number, Duration.ofNanos(pause.length()), Duration.ofNanos(shortest)));
  }

  /** Somebody else was faster when the rest was over, so that it had to wait once more. */
  private static boolean endedInTurns(Rounds.Pause pause, List<String> pool, Knowledge known) {
    long at = pause.from();
    for (int turn = 0; turn < 100 && at < pause.to(); turn++) {
      long from = at;
      long rest =
          pool.stream()
              .mapToLong(backend -> known.possibleRest(backend, from))
              .filter(left -> left > 0)
              .min()
              .orElse(0);
      if (rest == 0) {
        return false;
      }
      at += rest;
    }
    return at == pause.to();
  }
}
