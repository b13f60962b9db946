package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.Interval;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code latency}, {@code first-token} and {@code added-latency}. */
final class Times {

  /** The time of one call. */
  private record Measured(Exchange exchange, double millis) {}

  private Times() {}

  static Opinion judge(Check.Times check, Sight sight) {
    List<Measured> measured = measure(check.span(), sight);
    if (measured.isEmpty()) {
      return new Opinion(
          false, expected(check), "no call could be measured", sight.lines(sight.exchanges()));
    }
    Map<String, String> seen = new LinkedHashMap<>();
    boolean passes = true;
    for (Map.Entry<String, Interval> each : check.percentiles().entrySet()) {
      double value = value(each.getKey(), measured);
      seen.put(each.getKey(), Words.ofMillis(value));
      passes &= each.getValue().holds(value);
    }
    List<String> slowest =
        measured.stream()
            .sorted(Comparator.comparingDouble(Measured::millis).reversed())
            .map(one -> Words.ofMillis(one.millis()) + ": " + sight.line(one.exchange()))
            .toList();
    return new Opinion(
        passes,
        expected(check),
        Words.of(seen) + ", of " + Words.plural(measured.size(), "call"),
        slowest);
  }

  private static String expected(Check.Times check) {
    return Words.of(check.percentiles());
  }

  private static List<Measured> measure(Check.Span span, Sight sight) {
    List<Measured> all = new ArrayList<>();
    for (CallRecord call : sight.calls()) {
      Exchange last = call.last();
      Optional<Duration> time =
          switch (span) {
            case LATENCY -> Optional.of(call.ended().minus(call.sent()));
            case FIRST_TOKEN ->
                Optional.ofNullable(last.firstContent()).map(first -> first.minus(call.sent()));
            case ADDED_LATENCY ->
                sight.serving(last).map(served -> last.took().minus(served.took()));
          };
      time.ifPresent(found -> all.add(new Measured(last, found.toNanos() / 1e6)));
    }
    return all;
  }

  /** The nearest rank: the smallest time that so many hundredths of the calls do not exceed. */
  private static double value(String name, List<Measured> measured) {
    double[] sorted = measured.stream().mapToDouble(Measured::millis).sorted().toArray();
    return switch (name) {
      case "max" -> sorted[sorted.length - 1];
      case "mean" -> measured.stream().mapToDouble(Measured::millis).average().orElseThrow();
      default -> {
        int percent = Integer.parseInt(name.substring(1));
        yield sorted[Math.max(0, Math.ceilDiv(percent * sorted.length, 100) - 1)];
      }
    };
  }
}
