package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code headers}, {@code answer} and {@code attempt-bodies}: what was written, to the letter. */
final class Texts {

  private static final int MOST_SHOWN = 120;

  private Texts() {}

  static Opinion judge(Check.Headers check, Sight sight) {
    List<String> wrong = new ArrayList<>();
    List<Exchange> answers = answers(sight);
    for (Exchange answer : answers) {
      check
          .rules()
          .forEach((name, rule) -> {
            Optional<String> value = answer.header(name);
            if (!holds(rule, value)) {
              wrong.add(name + ": " + value.orElse("absent") + "; " + sight.line(answer));
            }
          });
    }
    List<String> rules =
        check.rules().entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue().words())
            .toList();
    return opinion(String.join(", ", rules), answers.size(), "answer", wrong);
  }

  private static boolean holds(Check.HeaderRule rule, Optional<String> value) {
    return switch (rule) {
      case Check.HeaderRule.Present present -> value.isPresent() == present.wanted();
      case Check.HeaderRule.Is is -> value.filter(is.text()::equals).isPresent();
      case Check.HeaderRule.Like like ->
          value.filter(text -> like.pattern().matcher(text).find()).isPresent();
    };
  }

  static Opinion judge(Check.AnswerBody check, Sight sight) {
    List<String> wrong = new ArrayList<>();
    List<Exchange> answers = answers(sight);
    for (Exchange answer : answers) {
      problem(check.rule(), answer.body())
          .ifPresent(problem -> wrong.add(problem + "; " + sight.line(answer)));
    }
    return opinion(words(check.rule()), answers.size(), "answer", wrong);
  }

  static Opinion judge(Check.AttemptBodies check, Sight sight) {
    List<String> wrong = new ArrayList<>();
    int attempts = 0;
    for (CallRecord call : sight.calls()) {
      for (Exchange exchange : call.exchanges()) {
        for (Attempt attempt : sight.attemptsAt(exchange)) {
          attempts++;
          String body = Objects.requireNonNullElse(attempt.entry().body(), "");
          Optional<String> problem =
              check.unchanged()
                  ? difference(call.requestBody(), body)
                  : problem(check.rule(), body);
          problem.ifPresent(found -> wrong.add(found + "; " + attempt.words()));
        }
      }
    }
    String expected = check.unchanged() ? "the caller's own" : words(check.rule());
    return opinion(expected, attempts, "attempt", wrong);
  }

  private static Opinion opinion(String expected, int seen, String what, List<String> wrong) {
    return new Opinion(
        wrong.isEmpty() && seen > 0,
        expected,
        wrong.isEmpty()
            ? "so in " + Words.plural(seen, what)
            : "otherwise in %d of %s".formatted(wrong.size(), Words.plural(seen, what)),
        wrong);
  }

  private static List<Exchange> answers(Sight sight) {
    return sight.calls().stream().map(CallRecord::last).filter(last -> last.status() != 0).toList();
  }

  /** The first character that is another. */
  private static Optional<String> difference(String sent, String got) {
    if (sent.equals(got)) {
      return Optional.empty();
    }
    int place = 0;
    while (place < Math.min(sent.length(), got.length())
        && sent.charAt(place) == got.charAt(place)) {
      place++;
    }
    return Optional.of(
        "%,d characters, not %,d, and another one at %,d"
            .formatted(got.length(), sent.length(), place + 1));
  }

  private static Optional<String> problem(Check.TextRule rule, String text) {
    if (rule.equal() != null && !rule.equal().equals(text)) {
      return Optional.of("is " + shown(text));
    }
    Optional<String> missing =
        rule.contains().stream().filter(part -> !text.contains(part)).findFirst();
    if (missing.isPresent()) {
      return missing.map(part -> "lacks " + shown(part) + ", is " + shown(text));
    }
    return rule.lacks().stream()
        .filter(text::contains)
        .findFirst()
        .map(part -> "contains " + shown(part));
  }

  private static String words(Check.TextRule rule) {
    List<String> words = new ArrayList<>();
    if (rule.equal() != null) {
      words.add("is " + shown(rule.equal()));
    }
    rule.contains().forEach(part -> words.add("contains " + shown(part)));
    rule.lacks().forEach(part -> words.add("lacks " + shown(part)));
    return String.join(", ", words);
  }

  private static String shown(String text) {
    return "'" + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...") + "'";
  }
}
