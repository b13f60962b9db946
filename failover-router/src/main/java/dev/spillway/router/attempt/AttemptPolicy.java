package dev.spillway.router.attempt;

import dev.spillway.router.attempt.Decision.Deliver;
import dev.spillway.router.attempt.Decision.GiveUp;
import dev.spillway.router.attempt.Decision.Reason;
import dev.spillway.router.attempt.Decision.Send;
import dev.spillway.router.attempt.Decision.Wait;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.lookahead.Room;
import dev.spillway.router.upstream.AttemptResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides what is done next with a request: a function of its arguments that touches nothing.
 *
 * <p>While anything may be asked, the first that may is asked at once. One that is expected to
 * refuse comes after those that are not, and is asked all the same when they are used up: what is
 * expected changes the order and nothing else. One whose model is too small for the request is not
 * asked at all, unless all of them are. A backend that rests because it said so is never asked; one
 * that is benched or quarantined by inference is asked when nothing better is left and nothing
 * rests.
 */
final class AttemptPolicy {

  private AttemptPolicy() {}

  static Decision next(History history, List<Candidate> all, Budget budget, long now) {
    List<Candidate> candidates = Candidate.fitting(all);
    return history
        .last()
        .flatMap(last -> settledBy(last, history, candidates, budget, now))
        .orElseGet(() -> another(history, candidates, budget, now));
  }

  /** The decision that the last result makes by itself, if it makes one. */
  private static Optional<Decision> settledBy(
      Attempt last, History history, List<Candidate> candidates, Budget budget, long now) {
    return switch (last.result()) {
      case AttemptResult.Succeeded it -> Optional.of(new Deliver(last.backend(), it.answer()));
      case AttemptResult.Refused it ->
          detour(history, candidates, budget, now)
              .or(() -> Optional.of(new Deliver(last.backend(), it.answer())));
      case AttemptResult.Stale it ->
          history.stale() == 1 ? Optional.of(new Send(last.backend())) : Optional.empty();
      case AttemptResult.TokenRefused it ->
          history.tokensRefusedBy(last.backend()) == 1
              ? Optional.of(new Send(last.backend()))
              : Optional.empty();
      case AttemptResult.NoToken it -> Optional.empty();
      case AttemptResult.Unknown it -> Optional.empty();
      case AttemptResult.Throttled it -> Optional.empty();
      case AttemptResult.Rejected it -> Optional.empty();
      case AttemptResult.Failed it -> Optional.empty();
      case AttemptResult.Garbled it -> Optional.empty();
      case AttemptResult.Unreachable it -> Optional.empty();
      case AttemptResult.TimedOut it -> Optional.empty();
      case AttemptResult.Reset it -> Optional.empty();
    };
  }

  /**
   * A refusal is the caller's, unless the route leads on and somebody there can be asked at once.
   */
  private static Optional<Decision> detour(
      History history, List<Candidate> candidates, Budget budget, long now) {
    return history.detour() && !budget.isOver(now) && !isAtCap(history, budget)
        ? firstEligible(history, candidates).map(Send::new)
        : Optional.empty();
  }

  private static boolean isAtCap(History history, Budget budget) {
    return history.attempts().size() - history.uncounted() >= budget.maxAttempts();
  }

  private static Decision another(
      History history, List<Candidate> candidates, Budget budget, long now) {
    if (budget.isOver(now)) {
      return new GiveUp(Reason.DEADLINE);
    }
    if (history.ambiguous() > budget.ambiguousRetries()) {
      return new GiveUp(Reason.AMBIGUOUS);
    }
    if (isAtCap(history, budget)) {
      return new GiveUp(Reason.ATTEMPTS);
    }
    if (history.lastWasCostly() && !budget.mayRetry()) {
      return new GiveUp(Reason.BUDGET);
    }
    return firstEligible(history, candidates)
        .<Decision>map(Send::new)
        .or(() -> waitFor(history, candidates, budget, now))
        .orElse(new GiveUp(Reason.EXHAUSTED));
  }

  private static Optional<Backend> firstEligible(History history, List<Candidate> candidates) {
    return firstUntried(history, candidates, AttemptPolicy::isOpenWithRoom)
        .or(() -> leastFull(history, candidates))
        .or(() -> leastBad(history, candidates))
        .or(() -> quarantined(history, candidates));
  }

  private static boolean isOpenWithRoom(Candidate candidate) {
    return candidate.hasRoom() && isOpen(candidate.state());
  }

  /** Of those that are expected to refuse the one that soonest will not. */
  private static Optional<Backend> leastFull(History history, List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> isOpen(candidate.state()))
        .filter(candidate -> !history.wasTried(candidate.backend()))
        .min(Comparator.comparing(candidate -> untilRoom(candidate.room())))
        .map(Candidate::backend);
  }

  private static Duration untilRoom(Room room) {
    return switch (room) {
      case Room.Enough enough -> Duration.ZERO;
      case Room.Spilling spilling -> Duration.ZERO;
      case Room.TooSmall tooSmall -> Duration.ZERO;
      case Room.TooLittle tooLittle -> tooLittle.until();
      case Room.Full full -> full.until();
    };
  }

  private static boolean isOpen(HealthState state) {
    return state instanceof HealthState.Serving
        || (state instanceof HealthState.HalfOpen halfOpen && halfOpen.free());
  }

  /** Of those that are in doubt the one whose time is over first. */
  private static Optional<Backend> leastBad(History history, List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> doubt(candidate.state()).isPresent())
        .filter(candidate -> !history.wasTried(candidate.backend()))
        .min(Comparator.comparing(candidate -> doubt(candidate.state()).orElseThrow()))
        .map(Candidate::backend);
  }

  private static Optional<Duration> doubt(HealthState state) {
    return switch (state) {
      case HealthState.HalfOpen halfOpen -> Optional.of(Duration.ZERO);
      case HealthState.Benched benched -> Optional.of(benched.left());
      case HealthState.Serving serving -> Optional.empty();
      case HealthState.Resting resting -> Optional.empty();
      case HealthState.Quarantined quarantined -> Optional.empty();
    };
  }

  private static Optional<Backend> quarantined(History history, List<Candidate> candidates) {
    return smallestRest(candidates).isPresent()
        ? Optional.empty()
        : firstUntried(
            history, candidates, candidate -> candidate.state() instanceof HealthState.Quarantined);
  }

  private static Optional<Backend> firstUntried(
      History history, List<Candidate> candidates, Predicate<Candidate> wanted) {
    for (Candidate candidate : candidates) {
      if (wanted.test(candidate) && !history.wasTried(candidate.backend())) {
        return Optional.of(candidate.backend());
      }
    }
    return Optional.empty();
  }

  private static Optional<Decision> waitFor(
      History history, List<Candidate> candidates, Budget budget, long now) {
    return smallestRest(candidates)
        .filter(rest -> history.waited().plus(rest).compareTo(budget.maxWait()) <= 0)
        .filter(rest -> rest.compareTo(budget.left(now)) < 0)
        .map(Wait::new);
  }

  /** How long until the first of those that rest can be asked again. */
  static Optional<Duration> smallestRest(List<Candidate> candidates) {
    return candidates.stream()
        .map(Candidate::state)
        .filter(HealthState.Resting.class::isInstance)
        .map(state -> ((HealthState.Resting) state).left())
        .min(Comparator.naturalOrder());
  }
}
