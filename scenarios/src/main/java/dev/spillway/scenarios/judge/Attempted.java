package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.result.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * {@code attempts-per-call}, {@code amplification}, {@code attempts}, {@code at-once} and {@code
 * asked-in-order}: what the router asked of its backends.
 */
final class Attempted {

  private Attempted() {}

  static Opinion judge(Check.AttemptsPerCall check, Sight sight) {
    List<Exchange> wrong =
        sight
            .exchanges()
            .filter(one -> !check.number().holds(sight.attemptsAt(one).size()))
            .toList();
    Map<Integer, Long> seen = new TreeMap<>();
    sight.exchanges().forEach(one -> seen.merge(sight.attemptsAt(one).size(), 1L, Long::sum));
    return new Opinion(
        wrong.isEmpty(),
        check.number() + " at each call",
        "calls by their attempts: " + Words.of(seen),
        sight.lines(wrong.stream()));
  }

  static Opinion judge(Check.Amplification check, Sight sight) {
    long exchanges = sight.exchanges().count();
    int attempts = sight.attempts().size();
    double ratio = (double) attempts / exchanges;
    return new Opinion(
        check.ratio().holds(ratio),
        check.ratio() + " attempts for each call",
        "%s: %s for %s"
            .formatted(
                Words.of(ratio),
                Words.plural(attempts, "attempt"),
                Words.plural(exchanges, "call")),
        sight.lines(sight.exchanges().filter(one -> sight.attemptsAt(one).size() != 1)));
  }

  static Opinion judge(Check.Attempts check, Sight sight) {
    List<Attempt> attempts = sight.attempts();
    Map<String, Long> seen = new TreeMap<>();
    attempts.forEach(one -> seen.merge(String.valueOf(one.deployment()), 1L, Long::sum));
    boolean passes =
        (check.all() == null || check.all().holds(attempts.size()))
            && check.each().entrySet().stream()
                .allMatch(
                    each -> each.getValue().holds(seen.getOrDefault(each.getKey().toString(), 0L)));
    return new Opinion(
        passes,
        check.all() == null ? Words.of(check.each()) : check.all() + " in all",
        "%s: %s".formatted(Words.plural(attempts.size(), "attempt"), Words.of(seen)),
        sight.lines(sight.exchanges().filter(one -> !sight.attemptsAt(one).isEmpty())));
  }

  static Opinion judge(Check.AtOnce check, Sight sight) {
    Map<DeploymentRef, Integer> seen = new TreeMap<>();
    List<String> evidence = new ArrayList<>();
    check
        .numbers()
        .forEach((deployment, number) -> {
          List<Attempt> most = mostAtOnce(deployment, sight);
          seen.put(deployment, most.size());
          if (!number.holds(most.size())) {
            most.forEach(one -> evidence.add(words(one)));
          }
        });
    boolean passes =
        check.numbers().entrySet().stream()
            .allMatch(
                each -> each.getValue().holds(Objects.requireNonNull(seen.get(each.getKey()))));
    return new Opinion(passes, Words.of(check.numbers()), Words.of(seen), evidence);
  }

  private static String words(Attempt attempt) {
    return "attempt %d of %s: %s"
        .formatted(attempt.entry().number(), attempt.entry().clientRequestId(), attempt.words());
  }

  /** The largest number of attempts that a deployment had at any moment. */
  private static List<Attempt> mostAtOnce(DeploymentRef deployment, Sight sight) {
    List<Attempt> on = sight.attempts().stream().filter(one -> one.isOn(deployment)).toList();
    List<Attempt> most = List.of();
    for (Attempt one : on) {
      Instant now = one.entry().at();
      List<Attempt> together =
          on.stream()
              .filter(
                  other -> !other.entry().at().isAfter(now) && other.entry().endedAt().isAfter(now))
              .toList();
      most = together.size() > most.size() ? together : most;
    }
    return most;
  }

  static Opinion judge(Check.AskedInOrder check, Sight sight) {
    List<Exchange> wrong =
        sight.exchanges().filter(one -> !isInOrder(asked(one, sight), check.order())).toList();
    long whole = sight.exchanges().filter(one -> asked(one, sight).equals(check.order())).count();
    String order = String.join(", ", check.order().stream().map(DeploymentRef::toString).toList());
    return new Opinion(
        wrong.isEmpty() && whole > 0,
        order + ", by one call or more, and no call in another order",
        "%s in that order, %d in another".formatted(Words.plural(whole, "call"), wrong.size()),
        sight.lines(wrong.isEmpty() ? sight.exchanges() : wrong.stream()));
  }

  private static List<DeploymentRef> asked(Exchange exchange, Sight sight) {
    return sight.attemptsAt(exchange).stream()
        .map(Attempt::deployment)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Whether it is the order itself with some left out. */
  private static boolean isInOrder(List<DeploymentRef> asked, List<DeploymentRef> order) {
    int from = 0;
    for (DeploymentRef one : asked) {
      int place = order.subList(from, order.size()).indexOf(one);
      if (place < 0) {
        return false;
      }
      from += place + 1;
    }
    return true;
  }
}
