package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.RouterLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No caller gets a throttling or a failure while a backend that may be asked has not been, and
 * deadline, attempts and retries are left.
 */
final class NothingLeftUntried implements Invariant {

  @Override
  public String name() {
    return "I3 nothing left untried";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    Map<String, Credit> credits = new HashMap<>();
    for (Request request : story.requests()) {
      if (request.answers > 0 && request.overQuota == null && isFailure(story, request)) {
        Credit credit =
            credits.computeIfAbsent(request.pool.name(), pool -> new Credit(story, pool));
        check(story, request, credit, known, findings);
      }
    }
  }

  private static boolean isFailure(Story story, Request request) {
    return story
        .passed(request)
        .filter(passed -> passed.deed == Deed.SERVED || passed.deed == Deed.REFUSED)
        .isEmpty();
  }

  private static void check(
      Story story, Request request, Credit credit, Knowledge known, Findings findings) {
    if (isExcused(story, request, credit)) {
      return;
    }
    Rounds rounds = Rounds.of(story, request);
    List<String> pool = request.pool.backends();
    for (String backend : pool) {
      findings.unless(
          rounds.tried().contains(backend)
              || known.mayBePassedOver(backend, pool, request.answeredAt),
          () ->
              "#%d got %d, and %s could have been asked"
                  .formatted(request.number, request.status, backend));
    }
    Duration wait = request.retryAfter;
    if (wait != null && known.possibleRest(pool.getFirst(), request.answeredAt) > 0) {
      waitedAsFarAsItMay(story.world().limits(), request, rounds, wait, findings);
    }
  }

  private static void waitedAsFarAsItMay(
      RouterLimits limits, Request request, Rounds rounds, Duration wait, Findings findings) {
    long left = Bounds.deadline(limits, request) - request.answeredAt;
    boolean couldWait =
        rounds.waited() + wait.toNanos() <= limits.maxWait().toNanos()
            && wait.toNanos() < left
            && pauseIsWorthIt(wait);
    findings.unless(
        !couldWait,
        () -> "#%d got a 429 after which it may wait %s".formatted(request.number, wait));
  }

  /** One millisecond stands for a wait that nobody knows. */
  private static boolean pauseIsWorthIt(Duration wait) {
    return wait.toMillis() > 1;
  }

  private static boolean isExcused(Story story, Request request, Credit credit) {
    RouterLimits limits = story.world().limits();
    List<Attempt> attempts = story.attemptsAt(request);
    long ambiguous = attempts.stream().filter(attempt -> attempt.deed.isAmbiguous()).count();
    long counted = attempts.stream().filter(attempt -> attempt.deed != Deed.STALE).count();
    boolean costly = !attempts.isEmpty() && attempts.getLast().deed.isAmbiguous();
    return request.answeredAt >= Bounds.deadline(limits, request)
        || ambiguous > limits.retryAmbiguous().times()
        || counted >= limits.maxAttempts()
        || (costly && credit.at(request.answeredAt) < 1 + 1e-6);
  }
}
