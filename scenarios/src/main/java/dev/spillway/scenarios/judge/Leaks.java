package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.result.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code leaked-429}: 429s that a caller got although a deployment had not been asked that might
 * have answered.
 *
 * <p>A deployment could not have answered when it failed this very request, when it had told a wait
 * that was not over, when it had answered 429 without a wait less than 5 s ago, or when it had
 * failed otherwise the last time it was asked, less than 60 s ago.
 */
final class Leaks {

  private static final Duration WITHOUT_A_WAIT = Duration.ofSeconds(5);
  private static final Duration FAILED = Duration.ofSeconds(60);

  private Leaks() {}

  static Opinion judge(Check.Leaked429 check, Sight sight) {
    List<Exchange> refused =
        sight.exchanges().filter(exchange -> exchange.status() == 429).toList();
    List<String> evidence =
        refused.stream()
            .flatMap(exchange ->
                room(exchange, sight).stream()
                    .map(room -> sight.line(exchange) + "; " + room + " was not, and could answer"))
            .toList();
    return new Opinion(
        check.number().holds(evidence.size()),
        check.number() + " leaked",
        "%d leaked, of %s".formatted(evidence.size(), Words.plural(refused.size(), "429")),
        evidence);
  }

  /** A deployment that might have answered. */
  private static Optional<DeploymentRef> room(Exchange exchange, Sight sight) {
    Instant answered =
        sight.instant(exchange.answered() == null ? exchange.ended() : exchange.answered());
    return sight.deployments().stream()
        .filter(one -> sight.attemptsAt(exchange).stream().noneMatch(tried -> tried.isOn(one)))
        .filter(one -> !couldNot(one, answered, sight))
        .findFirst();
  }

  private static boolean couldNot(DeploymentRef deployment, Instant now, Sight sight) {
    List<Attempt> before =
        sight.journal().stream()
            .filter(attempt -> attempt.isOn(deployment) && !attempt.entry().endedAt().isAfter(now))
            .toList();
    return before.stream().anyMatch(attempt -> attempt.due().isAfter(now))
        || (!before.isEmpty() && failedLately(before.getLast(), now));
  }

  private static boolean failedLately(Attempt last, Instant now) {
    if (last.isServed() || (last.entry().status() == 400)) {
      return false;
    }
    Duration memory = last.entry().status() == 429 ? WITHOUT_A_WAIT : FAILED;
    return last.entry().endedAt().plus(memory).isAfter(now);
  }
}
