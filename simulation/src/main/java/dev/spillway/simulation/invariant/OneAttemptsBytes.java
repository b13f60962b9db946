package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.util.List;

/**
 * A caller gets the bytes of one attempt; attempts at one request follow each other, and nothing of
 * the others stays open.
 */
final class OneAttemptsBytes implements Invariant {

  @Override
  public String name() {
    return "I2 one attempt's bytes";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      List<Attempt> attempts = story.attemptsAt(request);
      for (int i = 0; i < attempts.size(); i++) {
        Attempt attempt = attempts.get(i);
        long free = i == 0 ? request.sentAt : attempts.get(i - 1).answeredAt;
        findings.unless(
            attempt.askedAt >= free,
            () -> "#%d has two attempts at once".formatted(request.number));
        findings.unless(
            attempt.closed || !request.done,
            () ->
                "#%d is done, and its attempt %d is still open"
                    .formatted(request.number, attempt.number));
      }
      story.passed(request).ifPresent(passed -> bytes(request, passed, attempts, findings));
    }
  }

  private static void bytes(
      Request request, Attempt passed, List<Attempt> attempts, Findings findings) {
    Attempt last = attempts.getLast();
    findings.unless(
        passed.equals(last) || last.deed == Attempt.Deed.REJECTED,
        () ->
            "#%d got the answer of attempt %d, and %d was the last"
                .formatted(request.number, passed.number, last.number));
    String received = request.received.toString();
    findings.unless(
        Cuts.isBeginning(received, passed.answer),
        () ->
            "#%d got bytes that are not those of attempt %d: %s"
                .formatted(request.number, passed.number, received));
  }
}
