package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.trace.Step;
import java.time.Duration;
import java.util.List;

/**
 * What would be done with a call at this moment.
 *
 * @param order in which its pool's backends are considered
 * @param passedOver those before the one that would be asked, each with the reason
 */
public record Outlook(List<Backend> order, List<Step> passedOver, Next next) {

  /** What comes first. */
  public sealed interface Next {

    record Ask(Backend backend) implements Next {}

    record Wait(Duration length) implements Next {}

    /**
     * An answer of the router's own.
     *
     * @param retryAfter zero where it is no 429
     */
    record Answer(int status, Duration retryAfter) implements Next {}

    /** What a decision on a call that nobody has been asked for means for its caller. */
    static Next of(Decision decision, List<Candidate> candidates) {
      return switch (decision) {
        case Decision.Send send -> new Ask(send.backend());
        case Decision.Wait wait -> new Wait(wait.length());
        case Decision.Deliver it -> new Answer(it.answer().status(), Duration.ZERO);
        case Decision.GiveUp it -> {
          Ending ending = Endings.of(it.reason(), History.EMPTY, candidates);
          Duration wait =
              ending instanceof Ending.Throttled throttled ? throttled.retryAfter() : Duration.ZERO;
          yield new Answer(ending.status(), wait);
        }
      };
    }
  }
}
