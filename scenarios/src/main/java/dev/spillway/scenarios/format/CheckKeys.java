package dev.spillway.scenarios.format;

import dev.spillway.control.FindingKind;
import dev.spillway.control.VerdictRules;
import dev.spillway.yaml.Durations;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code expect}: what is to come out, of which calls. */
final class CheckKeys {

  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d|[1-5]xx|no-answer");
  private static final Pattern PERCENTILE = Pattern.compile("p[1-9]\\d?|mean|max");
  private static final String A_STATUS = "a status such as 200, 4xx or no-answer";
  private static final String A_COUNT = "all, none, some, a number, '>= 5', '2..5' or '90%'";
  private static final String A_NUMBER = "a number, '<= 5', '>= 5' or '2..5'";
  private static final String A_TIME = "a time such as '<= 50ms', '>= 1s' or '1s..60s'";

  /** What can be asked, by its key. */
  private final Map<String, Function<YamlValue, Check>> checks = new LinkedHashMap<>();

  private final Map<String, DeploymentRef> deployments;
  private final Map<String, Traffic> traffic;

  /** Reads expectations of these deployments and this traffic, by how they are written. */
  CheckKeys(Map<String, DeploymentRef> deployments, Map<String, Traffic> traffic) {
    this.deployments = deployments;
    this.traffic = traffic;
    checks.put("statuses", this::statuses);
    checks.put("served-by", value -> new Check.ServedBy(byDeployment(value, CheckKeys::count)));
    checks.put("deployments-used", value -> new Check.DeploymentsUsed(number(value)));
    checks.put("leaked-429", value -> new Check.Leaked429(number(value)));
    checks.put("latency", value -> times(Check.Span.LATENCY, value));
    checks.put("first-token", value -> times(Check.Span.FIRST_TOKEN, value));
    checks.put("added-latency", value -> times(Check.Span.ADDED_LATENCY, value));
    checks.put("attempts-per-call", value -> new Check.AttemptsPerCall(number(value)));
    checks.put("amplification", value -> new Check.Amplification(number(value)));
    checks.put("attempts", this::attempts);
    checks.put("at-once", value -> new Check.AtOnce(byDeployment(value, CheckKeys::number)));
    checks.put("asked-in-order", this::order);
    checks.put("streams", CheckKeys::streams);
    checks.put("waits-told", value -> new Check.WaitsTold(millis(value)));
    checks.put("waits-broken", value -> new Check.WaitsBroken(number(value)));
    checks.put("verdict", CheckKeys::verdict);
    checks.put("wasted-tokens", value -> new Check.WastedTokens(number(value)));
    checks.put("headers", CheckKeys::headers);
    checks.put("answer", value -> new Check.AnswerBody(rule(value)));
    checks.put("attempt-bodies", CheckKeys::attemptBodies);
    checks.put("secrets-seen", value -> new Check.SecretsSeen(number(value)));
    checks.put("cancelled-within", value -> new Check.CancelledWithin(millis(value)));
    checks.put("faults-struck", value -> new Check.FaultsStruck(named(value, CheckKeys::number)));
    checks.put("alive-after", value -> new Check.AliveAfter(value.duration()));
  }

  List<Expectation> read(YamlValue section) {
    List<Expectation> all = new ArrayList<>();
    section.list().forEach(value -> all.addAll(item(value)));
    if (all.isEmpty()) {
      throw section.problem("expects nothing, so that it could not fail");
    }
    return all;
  }

  private List<Expectation> item(YamlValue value) {
    YamlMap keys = value.map();
    Selection selection =
        new Selection(
            keys.find("traffic").map(one -> one.lookUp("traffic", traffic).name()).orElse(null),
            time(keys, "from"),
            time(keys, "to"),
            keys.find("status").map(one -> one.parse(A_STATUS, CheckKeys::status)).orElse(null));
    List<Expectation> expectations = new ArrayList<>();
    checks.forEach((name, reader) ->
        keys.find(name)
            .ifPresent(check ->
                expectations.add(
                    new Expectation(check.line(), name, selection, reader.apply(check)))));
    keys.end();
    if (expectations.isEmpty()) {
      throw value.problem("expects nothing; it can have " + String.join(", ", checks.keySet()));
    }
    return expectations;
  }

  private Check statuses(YamlValue value) {
    Map<String, Count> counts = named(value, CheckKeys::count);
    counts.keySet().stream()
        .filter(status -> !STATUS.matcher(status).matches())
        .findFirst()
        .ifPresent(wrong -> {
          throw value.problem(
              "has for each status, such as 200, 4xx or no-answer, a number, and not '"
                  + wrong
                  + "'");
        });
    return new Check.Statuses(counts);
  }

  private static String status(String text) {
    if (!STATUS.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Check times(Check.Span span, YamlValue value) {
    Map<String, Interval> percentiles = named(value, CheckKeys::millis);
    percentiles.keySet().stream()
        .filter(name -> !PERCENTILE.matcher(name).matches())
        .findFirst()
        .ifPresent(wrong -> {
          throw value.problem("knows p50, p95 and so on, mean and max, not '" + wrong + "'");
        });
    return new Check.Times(span, percentiles);
  }

  private Check attempts(YamlValue value) {
    return value.isMap()
        ? new Check.Attempts(null, byDeployment(value, CheckKeys::number))
        : new Check.Attempts(number(value), Map.of());
  }

  private Check order(YamlValue value) {
    List<DeploymentRef> order =
        value.list().stream().map(one -> one.lookUp("deployment", deployments)).toList();
    if (order.size() < 2) {
      throw value.expected("a list of two deployments or more");
    }
    return new Check.AskedInOrder(order);
  }

  private static Check streams(YamlValue value) {
    if (!value.isMap()) {
      if (!value.text().equals("complete")) {
        throw value.expected("'complete', or a mapping of " + String.join(", ", Check.ENDS));
      }
      return new Check.Streams(Map.of("complete", Count.parse("all")));
    }
    YamlMap keys = value.map();
    Map<String, Count> counts = new LinkedHashMap<>();
    Check.ENDS.forEach(end -> keys.find(end).ifPresent(count -> counts.put(end, count(count))));
    keys.end();
    if (counts.isEmpty()) {
      throw value.problem("expects nothing; it can have " + String.join(", ", Check.ENDS));
    }
    return new Check.Streams(counts);
  }

  private static Check verdict(YamlValue value) {
    VerdictRules rules = VerdictRules.defaults();
    if (!value.isMap()) {
      if (!value.text().equals("passes")) {
        throw value.expected("'passes', or rules that it is to pass");
      }
      return new Check.Verdict(rules);
    }
    YamlMap keys = value.map();
    Optional<YamlValue> most = keys.find("max-attempts");
    if (most.isPresent()) {
      rules = rules.withMaxAttempts(most.get().integer(1, 1000));
    }
    Optional<YamlValue> early = keys.find("allow-early");
    if (early.isPresent()) {
      rules = rules.withAllowEarly(early.get().duration());
    }
    for (YamlValue kind : keys.find("tolerate").map(YamlValue::list).orElse(List.of())) {
      rules = rules.tolerating(kind.lookUp("finding", findings()));
    }
    for (YamlValue kind : keys.find("forbid").map(YamlValue::list).orElse(List.of())) {
      rules = rules.forbidding(kind.lookUp("finding", findings()));
    }
    keys.end();
    return new Check.Verdict(rules);
  }

  private static Map<String, FindingKind> findings() {
    return Arrays.stream(FindingKind.values())
        .collect(
            Collectors.toMap(
                FindingKind::text, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  private static Check headers(YamlValue value) {
    return new Check.Headers(named(value, CheckKeys::header));
  }

  private static Check.HeaderRule header(YamlValue value) {
    String text = value.text();
    if (text.equals("present") || text.equals("absent")) {
      return new Check.HeaderRule.Present(text.equals("present"));
    }
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      String regex = text.substring(1, text.length() - 1);
      return value.parse(
          "a regular expression", any -> new Check.HeaderRule.Like(Pattern.compile(regex)));
    }
    return new Check.HeaderRule.Is(text);
  }

  private static Check attemptBodies(YamlValue value) {
    if (value.isMap()) {
      return new Check.AttemptBodies(false, rule(value));
    }
    if (!value.text().equals("unchanged")) {
      throw value.expected("'unchanged', or a mapping of is, contains and lacks");
    }
    return new Check.AttemptBodies(true, new Check.TextRule(null, List.of(), List.of()));
  }

  private static Check.TextRule rule(YamlValue value) {
    YamlMap keys = value.map();
    Check.TextRule rule =
        new Check.TextRule(
            keys.find("is").map(YamlValue::text).orElse(null),
            keys.find("contains").map(CheckKeys::texts).orElse(List.of()),
            keys.find("lacks").map(CheckKeys::texts).orElse(List.of()));
    keys.end();
    if (rule.isEmpty()) {
      throw value.problem("expects nothing; it can have is, contains, lacks");
    }
    return rule;
  }

  private static List<String> texts(YamlValue value) {
    return value.isList()
        ? value.list().stream().map(YamlValue::text).toList()
        : List.of(value.text());
  }

  private <T> Map<DeploymentRef, T> byDeployment(YamlValue value, Function<YamlValue, T> reader) {
    Map<DeploymentRef, T> all = new LinkedHashMap<>();
    named(value, reader)
        .forEach((name, each) -> {
          DeploymentRef known = deployments.get(name);
          if (known == null) {
            throw value.problem(
                "names the deployment '%s', which does not exist; there is %s"
                    .formatted(name, String.join(", ", deployments.keySet())));
          }
          all.put(known, each);
        });
    return all;
  }

  private static <T> Map<String, T> named(YamlValue value, Function<YamlValue, T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    value.map().entries().forEach((name, each) -> all.put(name, reader.apply(each)));
    if (all.isEmpty()) {
      throw value.problem("expects nothing");
    }
    return all;
  }

  private static Count count(YamlValue value) {
    return value.parse(A_COUNT, Count::parse);
  }

  private static Interval number(YamlValue value) {
    return value.parse(A_NUMBER, Interval::ofNumbers);
  }

  private static Interval millis(YamlValue value) {
    return value.parse(
        A_TIME, text -> Interval.parse(text, one -> Durations.parse(one).toNanos() / 1e6));
  }

  private static @Nullable Duration time(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::duration).orElse(null);
  }
}
