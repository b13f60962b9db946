package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.Interval;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code waits-told}: how long callers are asked to wait by each 429. */
final class Waits {

  private Waits() {}

  static Opinion judge(Check.WaitsTold check, Sight sight) {
    List<Exchange> refused =
        sight.exchanges().filter(exchange -> exchange.status() == 429).toList();
    String expected = check.millis() + " by every 429";
    if (refused.isEmpty()) {
      return new Opinion(false, expected, "no 429 was seen", List.of());
    }
    List<String> wrong =
        refused.stream()
            .filter(one -> !isRight(told(one, sight), check.millis()))
            .map(one -> told(one, sight).map(Words::of).orElse("no wait") + ": " + sight.line(one))
            .toList();
    List<Duration> told =
        refused.stream().flatMap(one -> told(one, sight).stream()).sorted().toList();
    String seen =
        told.isEmpty()
            ? "no wait in %s".formatted(Words.plural(refused.size(), "429"))
            : "%s to %s in %d of %s"
                .formatted(
                    Words.of(told.getFirst()),
                    Words.of(told.getLast()),
                    told.size(),
                    Words.plural(refused.size(), "429"));
    return new Opinion(wrong.isEmpty(), expected, seen, wrong);
  }

  private static boolean isRight(Optional<Duration> told, Interval millis) {
    return told.filter(wait -> millis.holds(wait.toNanos() / 1e6)).isPresent();
  }

  private static Optional<Duration> told(Exchange exchange, Sight sight) {
    return RetryAfter.of(
        name -> exchange.header(name).orElse(null),
        () -> "", // a wait that is only in a text is told to nobody but people
        sight.instant(exchange.ended()));
  }
}
