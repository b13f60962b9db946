package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.Reload;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The wait of the router's own 429 is what is left until the first backend can be asked again; who
 * waits just that long, and is alone, is served.
 */
final class ExactWait implements Invariant {

  private static final long NOTHING_RESTS = Duration.ofMillis(1).toNanos();

  @Override
  public String name() {
    return "I18 the exact wait";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      Duration wait = request.retryAfter;
      if (wait != null) {
        check(request, wait.toNanos(), known, findings);
      }
      if (request.repeats != null
          && request.repeats.retryAfter != null
          && !isAnotherMatter(request, request.repeats, story)
          && story.world().calm()
          && isHonest(story)
          && story.attemptsAt(request).size() < story.world().limits().maxAttempts()) {
        findings.unless(
            request.status == 200,
            () ->
                "#%d waited as it was told, and got %d".formatted(request.number, request.status));
      }
    }
  }

  /**
   * Whether it is refused by its caller's own quota, which the wait for backends says nothing of,
   * or a reload may have taken away the backend whose rest was waited for.
   */
  private static boolean isAnotherMatter(Request back, Request told, Story story) {
    Reload reload = story.world().reload();
    return back.overQuota != null
        || (reload != null && reload.at() >= told.answeredAt && reload.at() <= back.sentAt);
  }

  private static void check(Request request, long wait, Knowledge known, Findings findings) {
    List<String> pool = request.pool.backends();
    long now = request.answeredAt;
    long one = smallest(pool, backend -> known.certainRest(backend, now));
    long other = smallest(pool, backend -> known.possibleRest(backend, now));
    long least = smallest(pool, backend -> known.restAskedFor(backend, now, Math.min(one, other)));
    findings.unless(
        wait >= Math.min(Math.min(one, other), least) && wait <= Math.max(one, other),
        () ->
            "#%d was told to wait %s, and the first rest ends in %s"
                .formatted(request.number, Duration.ofNanos(wait), Duration.ofNanos(other)));
  }

  private static long smallest(List<String> pool, ToLongFunction<String> rest) {
    return pool.stream().mapToLong(rest).filter(left -> left > 0).min().orElse(NOTHING_RESTS);
  }

  /** Whether every throttling has said a wait that routers believe. */
  private static boolean isHonest(Story story) {
    return story.attempts().stream()
        .filter(attempt -> attempt.deed == Deed.THROTTLED)
        .allMatch(attempt -> isBelieved(story, attempt));
  }

  private static boolean isBelieved(Story story, Attempt attempt) {
    Duration wait = attempt.wait;
    return wait != null && wait.compareTo(story.world().limits().maxCooldown()) <= 0;
  }
}
