package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code statuses}: what callers got in the end. */
final class Statuses {

  private static final String NO_ANSWER = "no-answer";

  private Statuses() {}

  static Opinion judge(Check.Statuses check, Sight sight) {
    Map<String, Long> seen =
        sight.calls().stream()
            .collect(
                Collectors.groupingBy(
                    call -> name(call.last()), TreeMap::new, Collectors.counting()));
    List<String> wrong =
        check.counts().entrySet().stream()
            .filter(
                each -> !each.getValue().holds(count(sight, each.getKey()), sight.calls().size()))
            .map(Map.Entry::getKey)
            .toList();
    return new Opinion(
        wrong.isEmpty(),
        Words.of(check.counts()),
        Words.of(seen),
        sight.lines(
            sight.calls().stream().map(CallRecord::last).filter(last -> shows(last, check))));
  }

  /** Whether it is no call of a status of which all are wanted, or any number. */
  private static boolean shows(Exchange last, Check.Statuses check) {
    return check.counts().entrySet().stream()
        .filter(each -> fits(last, each.getKey()))
        .noneMatch(each -> each.getValue().holds(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private static long count(Sight sight, String status) {
    return sight.calls().stream().filter(call -> fits(call.last(), status)).count();
  }

  /** Whether an exchange's status is such as {@code 200}, {@code 2xx} or {@code no-answer}. */
  static boolean fits(Exchange exchange, String status) {
    return status.endsWith("xx")
        ? exchange.status() / 100 == status.charAt(0) - '0'
        : name(exchange).equals(status);
  }

  private static String name(Exchange exchange) {
    return exchange.status() == 0 ? NO_ANSWER : Integer.toString(exchange.status());
  }

  /** {@code 200, cut}. */
  static String words(Exchange exchange) {
    return exchange.end() == Exchange.End.COMPLETE || exchange.end() == Exchange.End.NO_ANSWER
        ? name(exchange)
        : name(exchange) + ", " + end(exchange);
  }

  private static String end(Exchange exchange) {
    return exchange.end().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
