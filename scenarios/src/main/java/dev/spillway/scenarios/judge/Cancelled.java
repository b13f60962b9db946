package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.result.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code cancelled-within}: how long the router works on for a caller that has left. */
final class Cancelled {

  private Cancelled() {}

  static Opinion judge(Check.CancelledWithin check, Sight sight) {
    List<Exchange> left = sight.exchanges().filter(one -> one.end() == Exchange.End.LEFT).toList();
    String expected = check.millis() + " after the caller left";
    if (left.isEmpty()) {
      return new Opinion(false, expected, "no caller left", sight.lines(sight.exchanges()));
    }
    List<String> wrong = new ArrayList<>();
    double longest = 0;
    for (Exchange exchange : left) {
      Instant gone = sight.instant(exchange.ended());
      for (Attempt attempt : sight.attemptsAt(exchange)) {
        double after = Duration.between(gone, attempt.entry().endedAt()).toNanos() / 1e6;
        longest = Math.max(longest, after);
        if (after > 0 && !check.millis().holds(after)) {
          wrong.add(Words.ofMillis(after) + ": " + sight.line(exchange));
        }
      }
    }
    return new Opinion(
        wrong.isEmpty(),
        expected,
        "%s at most, of %s".formatted(Words.ofMillis(longest), Words.plural(left.size(), "caller")),
        wrong);
  }
}
