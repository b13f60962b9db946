package dev.spillway.simulation.invariant;

import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a backend does is taken for what it is, and what the caller gets follows from it. */
final class DecisionTable implements Invariant {

  @Override
  public String name() {
    return "T1 decision table";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Attempt attempt : story.attempts()) {
      AttemptResult result = attempt.result;
      if (result != null && attempt.isAnswered()) {
        taken(attempt, result, findings);
      }
    }
    for (Request request : story.requests()) {
      if (request.answers > 0) {
        given(story, request, known, findings);
      }
    }
  }

  private static void taken(Attempt attempt, AttemptResult result, Findings findings) {
    boolean right =
        switch (result) {
          case AttemptResult.Succeeded it -> attempt.deed == Deed.SERVED;
          case AttemptResult.Refused it -> attempt.deed == Deed.REFUSED;
          case AttemptResult.Throttled it ->
              attempt.deed == Deed.THROTTLED
                  && Objects.equals(it.asked(), Optional.ofNullable(attempt.wait));
          case AttemptResult.Rejected it -> attempt.deed == Deed.REJECTED;
          case AttemptResult.Unknown it -> false; // nobody looks for anything here
          case AttemptResult.Failed it -> attempt.deed == Deed.FAILED;
          case AttemptResult.Garbled it -> attempt.deed == Deed.GARBLED;
          case AttemptResult.Unreachable it -> attempt.deed == Deed.UNREACHABLE;
          case AttemptResult.TimedOut it -> attempt.deed == Deed.TIMED_OUT;
          case AttemptResult.Reset it -> attempt.deed == Deed.RESET;
          case AttemptResult.Stale it -> attempt.deed == Deed.STALE;
          case AttemptResult.TokenRefused it -> false; // nobody has tokens here
          case AttemptResult.NoToken it -> false;
        };
    findings.unless(
        right,
        () ->
            "attempt %d: %s did %s %s and was taken for %s"
                .formatted(attempt.number, attempt.backend, attempt.deed, attempt.wait, result));
  }

  private static void given(Story story, Request request, Knowledge known, Findings findings) {
    List<Attempt> attempts = story.attemptsAt(request);
    boolean served = !attempts.isEmpty() && attempts.getLast().deed == Deed.SERVED;
    findings.unless(
        served == (request.status < 300),
        () -> "#%d got %d".formatted(request.number, request.status));
    boolean rejection =
        story.passed(request).filter(passed -> passed.deed == Deed.REJECTED).isPresent();
    findings.unless(
        !rejection || attempts.stream().allMatch(DecisionTable::isNoBetter),
        () ->
            "#%d got the %d of one backend, though another said something better"
                .formatted(request.number, request.status));
    if (request.retryAfter != null) {
      findings.unless(
          wasThrottled(request, attempts, known),
          () -> "#%d got a 429, and nobody was throttled".formatted(request.number));
    }
  }

  private static boolean isNoBetter(Attempt attempt) {
    return attempt.deed == Deed.REJECTED || attempt.deed == Deed.STALE;
  }

  private static boolean wasThrottled(Request request, List<Attempt> attempts, Knowledge known) {
    return attempts.stream().anyMatch(attempt -> attempt.deed == Deed.THROTTLED)
        || request.pool.backends().stream()
            .anyMatch(backend -> known.possibleRest(backend, request.answeredAt) > 0);
  }
}
