package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.MemberSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import java.time.Duration;
import java.util.List;

/**
 * While a backend is in doubt, one request at a time tries it, as long as there is another that
 * serves; and when it is well again it is used as before.
 */
final class Recovery implements Invariant {

  /** A probe that is not heard of for so long no longer counts. */
  private static final long LOST = Duration.ofMinutes(1).toNanos();

  @Override
  public String name() {
    return "I13 recovery";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Attempt attempt : story.attempts()) {
      if (known.isCertainlyInDoubt(attempt.backend, attempt.askedAt)
          && hadAnother(story, attempt, known)) {
        alone(story, attempt, known, findings);
      }
    }
    for (Request request : story.requests()) {
      if (request.afterwards && request.status == 200) {
        backInUse(request, findings);
      }
    }
  }

  private static boolean hadAnother(Story story, Attempt attempt, Knowledge known) {
    Request request = story.requests().get(attempt.request);
    List<Attempt> attempts = story.attemptsAt(request);
    return request.pool.backends().stream()
        .filter(backend -> attempts.stream().noneMatch(tried -> tried.backend.equals(backend)))
        .anyMatch(backend -> known.isCertainlyWell(backend, attempt.askedAt));
  }

  private static void alone(Story story, Attempt attempt, Knowledge known, Findings findings) {
    long since = known.inDoubtSince(attempt.backend, attempt.askedAt);
    for (Attempt other : story.attempts()) {
      boolean atOnce =
          other.number < attempt.number
              && other.backend.equals(attempt.backend)
              && other.askedAt > since
              && other.answeredAt > attempt.askedAt
              && attempt.askedAt - other.askedAt < LOST;
      findings.unless(
          !atOnce || !hadAnother(story, other, known),
          () ->
              "attempts %d and %d try %s at the same time, which is in doubt"
                  .formatted(other.number, attempt.number, attempt.backend));
    }
  }

  private static void backInUse(Request request, Findings findings) {
    PoolSpec pool = request.pool;
    int first = pool.members().stream().mapToInt(MemberSpec::priority).min().orElseThrow();
    boolean isFirst =
        pool.members().stream()
            .anyMatch(
                member -> member.priority() == first && member.backend().equals(request.backend));
    findings.unless(
        isFirst,
        () ->
            "#%d was served by %s, though everything is well again"
                .formatted(request.number, request.backend));
  }
}
