package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Execution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What has happened to one request so far.
 *
 * @param attempts in order
 * @param round where the attempts since the last wait begin; a backend is asked once in a round
 * @param waited all waits together
 * @param detour whether there are others to go on to after the last attempt was refused
 */
record History(List<Attempt> attempts, int round, Duration waited, boolean detour) {

  static final History EMPTY = new History(List.of(), 0, Duration.ZERO, false);

  History plus(Attempt attempt) {
    List<Attempt> more = new ArrayList<>(attempts.size() + 1);
    more.addAll(attempts);
    more.add(attempt);
    return new History(more, round, waited, false);
  }

  History afterWait(Duration wait) {
    return new History(attempts, attempts.size(), waited.plus(wait), false);
  }

  History onDetour() {
    return new History(attempts, round, waited, true);
  }

  Optional<Attempt> last() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  boolean wasTried(Backend backend) {
    for (int i = round; i < attempts.size(); i++) {
      if (attempts.get(i).backend().equals(backend)) {
        return true;
      }
    }
    return false;
  }

  /** How many attempts may have been paid for. */
  int ambiguous() {
    return count(result -> result.execution() == Execution.MAYBE_EXECUTED);
  }

  /** Whether another attempt would load the backends more than the request alone does. */
  boolean lastWasCostly() {
    return last().filter(last -> last.result().execution() == Execution.MAYBE_EXECUTED).isPresent();
  }

  /** Attempts that found an old connection, or a backend that does not have what is looked for. */
  int uncounted() {
    return stale() + count(AttemptResult.Unknown.class::isInstance);
  }

  int stale() {
    return count(AttemptResult.Stale.class::isInstance);
  }

  /** How often a backend has refused a token that was already old. */
  int tokensRefusedBy(Backend backend) {
    return (int)
        attempts.stream()
            .filter(attempt -> attempt.backend().equals(backend))
            .filter(attempt -> attempt.result() instanceof AttemptResult.TokenRefused)
            .count();
  }

  private int count(Predicate<AttemptResult> wanted) {
    return (int) attempts.stream().map(Attempt::result).filter(wanted).count();
  }
}
