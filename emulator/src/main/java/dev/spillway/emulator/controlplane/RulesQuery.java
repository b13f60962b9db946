package dev.spillway.emulator.controlplane;

import dev.spillway.control.FindingKind;
import dev.spillway.control.VerdictRules;
import dev.spillway.yaml.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a verdict's rules from a query; what it does not name is as by default. */
final class RulesQuery {

  private static final Set<String> NAMES =
      Set.of(
          "resource",
          "deployment",
          "caller",
          "status",
          "reason",
          "body",
          "since",
          "until",
          "limit",
          "max-attempts",
          "allow-early",
          "storm-retries",
          "storm-within",
          "tolerate",
          "forbid");

  private final Map<String, List<String>> query;

  private RulesQuery(Map<String, List<String>> query) {
    this.query = query;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException in one line, also for a parameter that does not exist
   */
  static VerdictRules read(Map<String, List<String>> query) {
    for (String name : query.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("a verdict knows no parameter '" + name + "'");
      }
    }
    return new RulesQuery(query).rules();
  }

  private VerdictRules rules() {
    VerdictRules rules = VerdictRules.defaults();
    rules =
        new VerdictRules(
            number("max-attempts", rules.maxAttempts()),
            millis("allow-early", rules.allowEarlyMillis()),
            number("storm-retries", rules.stormRetries()),
            millis("storm-within", rules.stormMillis()),
            rules.tolerated());
    for (String kind : all("tolerate")) {
      rules = rules.tolerating(kind("tolerate", kind));
    }
    for (String kind : all("forbid")) {
      rules = rules.forbidding(kind("forbid", kind));
    }
    return rules;
  }

  private int number(String name, int usual) {
    List<String> given = all(name);
    try {
      return given.isEmpty() ? usual : Integer.parseInt(given.getFirst());
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", given.getFirst());
    }
  }

  private long millis(String name, long usual) {
    List<String> given = all(name);
    try {
      Duration span =
          given.isEmpty() ? Duration.ofMillis(usual) : Durations.parse(given.getFirst());
      return span.toMillis();
    } catch (IllegalArgumentException e) {
      throw wrong(name, "a duration such as 250ms, 10s or 2m", given.getFirst());
    }
  }

  private static FindingKind kind(String name, String text) {
    return FindingKind.of(text)
        .orElseThrow(() ->
            wrong(
                name,
                "one of "
                    + Stream.of(FindingKind.values())
                        .map(FindingKind::text)
                        .collect(Collectors.joining(", ")),
                text));
  }

  private List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  private static IllegalArgumentException wrong(String name, String expected, String given) {
    return new IllegalArgumentException(
        "'" + name + "' must be " + expected + ", not '" + given + "'");
  }
}
