package dev.spillway.simulation.invariant;

import dev.spillway.router.trace.Step;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World;
import java.time.Duration;

/**
 * Where a caller is alone and the limits are as configured, the look-ahead expects what comes:
 * nobody refuses who was expected to have room, and few are passed over who had some. Where it is
 * switched off nothing is expected at all.
 */
final class LookAheadIsRight implements Invariant {

  private static final Duration LONGEST_WAY = Duration.ofMillis(500);

  /** The most are where one backend is all there is, and its caller comes just when a rest ends. */
  private static final int MOST_FALSE_SKIPS = 10;

  @Override
  public String name() {
    return "L1 look-ahead";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    World world = story.world();
    if (!world.limits().lookAhead()) {
      expectsNothing(story, findings);
    } else if (world.calm() && world.faults().isEmpty()) {
      long falseSends =
          story.attempts().stream().filter(attempt -> isFalseSend(story, attempt)).count();
      long falseSkips = story.requests().stream().mapToLong(it -> falseSkips(story, it)).sum();
      findings.unless(
          falseSends == 0,
          () -> "%d were refused by who was expected to have room".formatted(falseSends));
      findings.unless(
          falseSkips <= MOST_FALSE_SKIPS,
          () -> "%d were passed over though they had room".formatted(falseSkips));
    }
  }

  private static void expectsNothing(Story story, Findings findings) {
    for (Request request : story.requests()) {
      findings.unless(
          story.world().backends().stream()
              .noneMatch(backend -> request.expectedNoRoomAt(backend.name())),
          () -> "#%d looks ahead, which is switched off".formatted(request.number));
    }
  }

  /**
   * A 429 of the first who was asked, and was expected to have room, by limits that are known. Of
   * later ones the trace does not tell all that was expected.
   */
  private static boolean isFalseSend(Story story, Attempt attempt) {
    Request request = story.requests().get(attempt.request);
    return attempt.deed == Deed.THROTTLED
        && story.attemptsAt(request).getFirst().equals(attempt)
        && story.world().backend(attempt.backend).limits().areTrue()
        && request.steps.stream().noneMatch(Step.Waited.class::isInstance)
        && !request.expectedNoRoomAt(attempt.backend);
  }

  /**
   * Those who would have let it in, and were passed over before anybody was asked; but for those of
   * which it was known that they would in less than what a request may take to them.
   */
  private static long falseSkips(Story story, Request request) {
    return request.steps.stream()
        .takeWhile(step -> !(step instanceof Step.Attempted))
        .filter(Step.NoRoom.class::isInstance)
        .map(Step.NoRoom.class::cast)
        .filter(step -> step.until().compareTo(LONGEST_WAY) > 0)
        .filter(step -> story.world().backend(step.backend()).limits().areTrue())
        .filter(step -> request.roomThen.getOrDefault(step.backend(), false))
        .count();
  }
}
