package dev.spillway.router.attempt;

import dev.spillway.router.attempt.Decision.Reason;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AttemptResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Selects what the caller of a request that was given up gets: a 429 with the smallest wait when
 * anything was throttled, else the last failure that was no rejection, else the word of the last
 * that does not have what was looked for, else the rejection of the backend with the highest
 * priority.
 */
final class Endings {

  private static final Ending TIMEOUT =
      new Ending.Failed(408, "Timeout", "The operation was timeout.");
  private static final Duration NOTHING_RESTS = Duration.ofMillis(1);

  private Endings() {}

  static Ending of(Reason reason, History history, List<Candidate> all) {
    List<Candidate> candidates = Candidate.fitting(all);
    return switch (reason) {
      case DEADLINE -> TIMEOUT;
      case AMBIGUOUS, BUDGET -> of(history.attempts().getLast());
      case EXHAUSTED, ATTEMPTS -> exhausted(history, candidates);
    };
  }

  private static Ending exhausted(History history, List<Candidate> candidates) {
    if (isThrottled(history, candidates)) {
      return new Ending.Throttled(AttemptPolicy.smallestRest(candidates).orElse(NOTHING_RESTS));
    }
    return lastFailure(history)
        .or(() -> firstRejection(history, candidates))
        .map(Endings::of)
        .orElseThrow(() -> new IllegalStateException("nothing was asked and nothing rests"));
  }

  /** A backend that was passed over because it rests counts: it would have said 429 again. */
  private static boolean isThrottled(History history, List<Candidate> candidates) {
    return history.attempts().stream().anyMatch(Endings::isTooManyRequests)
        || candidates.stream().anyMatch(candidate -> isPassedOver(history, candidate));
  }

  private static boolean isTooManyRequests(Attempt attempt) {
    return attempt.result() instanceof AttemptResult.Throttled throttled
        && throttled.answer().status() == 429;
  }

  private static boolean isPassedOver(History history, Candidate candidate) {
    return candidate.state() instanceof HealthState.Resting
        && !history.wasTried(candidate.backend());
  }

  private static Optional<Attempt> lastFailure(History history) {
    return last(
            history, result -> !isRejection(result) && !(result instanceof AttemptResult.Unknown))
        .or(() -> last(history, AttemptResult.Unknown.class::isInstance));
  }

  private static Optional<Attempt> last(History history, Predicate<AttemptResult> wanted) {
    return history.attempts().reversed().stream()
        .filter(attempt -> wanted.test(attempt.result()))
        .findFirst();
  }

  private static boolean isRejection(AttemptResult result) {
    return result instanceof AttemptResult.Rejected || result instanceof AttemptResult.TokenRefused;
  }

  private static Optional<Attempt> firstRejection(History history, List<Candidate> candidates) {
    return candidates.stream()
        .flatMap(candidate -> attemptsAt(history, candidate.backend()).stream())
        .findFirst();
  }

  private static List<Attempt> attemptsAt(History history, Backend backend) {
    return history.attempts().stream().filter(tried -> tried.backend().equals(backend)).toList();
  }

  private static Ending of(Attempt attempt) {
    Backend backend = attempt.backend();
    return switch (attempt.result()) {
      case AttemptResult.WithAnswer with -> passed(backend, with.answer());
      case AttemptResult.Garbled garbled ->
          badGateway("The backend '" + backend.name() + "' sent an unusable answer.");
      case AttemptResult.Unreachable unreachable ->
          badGateway("The backend '" + backend.name() + "' cannot be reached.");
      case AttemptResult.NoToken none ->
          badGateway("There is no token for the backend '" + backend.name() + "'.");
      case AttemptResult.Reset reset ->
          badGateway("The backend '" + backend.name() + "' closed the connection.");
      case AttemptResult.Stale stale ->
          badGateway("The backend '" + backend.name() + "' closed the connection.");
      case AttemptResult.TimedOut timedOut ->
          new Ending.Failed(
              504, "504", "The backend '" + backend.name() + "' did not answer in time.");
    };
  }

  private static Ending badGateway(String message) {
    return new Ending.Failed(502, "502", message);
  }

  /** The answer itself, unless something between the backend and here has put a page in it. */
  private static Ending passed(Backend backend, Answer answer) {
    if (answer.isJsonObject()) {
      return new Ending.Passed(backend, answer);
    }
    String code = Integer.toString(answer.status());
    return new Ending.Failed(
        answer.status(), code, "The backend '" + backend.name() + "' failed with " + code + ".");
  }
}
