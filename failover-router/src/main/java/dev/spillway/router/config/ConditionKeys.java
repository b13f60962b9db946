package dev.spillway.router.config;

import dev.spillway.router.auth.Priority;
import dev.spillway.router.routing.Condition;
import dev.spillway.router.routing.Condition.Measure;
import dev.spillway.router.routing.Condition.Want;
import dev.spillway.router.routing.Names;
import dev.spillway.router.routing.Span;
import dev.spillway.wire.Operation;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code when:} of a rule: what a request must be like, in all points. */
final class ConditionKeys {

  private final YamlMap when;
  private final Map<String, String> callers;
  private final List<Condition> conditions = new ArrayList<>();

  private ConditionKeys(YamlMap when, Map<String, String> callers) {
    this.when = when;
    this.callers = callers;
  }

  /**
   * Reads the conditions.
   *
   * @param callers the names that a caller can have, by themselves
   */
  static List<Condition> read(YamlValue section, Map<String, String> callers) {
    ConditionKeys keys = new ConditionKeys(section.map(), callers);
    keys.read();
    if (keys.conditions.isEmpty()) {
      throw section.problem("has no condition; what no rule fits goes to 'default'");
    }
    return List.copyOf(keys.conditions);
  }

  private void read() {
    add("model", value -> new Condition.Model(names(value)));
    when.find("headers").ifPresent(this::headers);
    add("caller", value -> new Condition.CallerName(callers(value)));
    add("priority", value -> new Condition.CallerPriority(priorities(value)));
    add("operation", value -> new Condition.Operations(operations(value)));
    for (Measure measure : Measure.values()) {
      add(key(measure), value -> new Condition.Measured(measure, span(measure, value)));
    }
    for (Want want : Want.values()) {
      add(key(want), value -> new Condition.Wants(want, value.flag()));
    }
    when.end();
  }

  private void add(String key, Function<YamlValue, Condition> reader) {
    when.find(key).map(reader).ifPresent(conditions::add);
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void headers(YamlValue section) {
    section
        .map()
        .entries()
        .forEach((name, value) -> conditions.add(new Condition.Header(name, names(value))));
  }

  private static Names names(YamlValue value) {
    return new Names(items(value).stream().map(YamlValue::text).toList());
  }

  private Names callers(YamlValue value) {
    return new Names(items(value).stream().map(this::caller).toList());
  }

  private String caller(YamlValue value) {
    String name = value.text();
    return name.endsWith("*") ? name : value.lookUp("client", callers);
  }

  private static Set<Priority> priorities(YamlValue value) {
    Set<Priority> priorities = EnumSet.noneOf(Priority.class);
    items(value).forEach(item -> priorities.add(item.oneOf(Priority.class)));
    return priorities;
  }

  private static Set<Operation> operations(YamlValue value) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    items(value).forEach(item -> operations.add(RouteSection.operation(item)));
    return operations;
  }

  /** One value, or a list of them. */
  private static List<YamlValue> items(YamlValue value) {
    List<YamlValue> items = value.isList() ? value.list() : List.of(value);
    if (items.isEmpty()) {
      throw value.expected("a value or a list of at least one");
    }
    return items;
  }

  private static Span span(Measure measure, YamlValue value) {
    YamlMap keys = value.map();
    Optional<YamlValue> above = keys.find("above");
    Optional<YamlValue> below = keys.find("below");
    keys.end();
    if (above.isEmpty() && below.isEmpty()) {
      throw value.expected("'above', 'below' or both");
    }
    Span span =
        new Span(
            above.map(bound -> bound(measure, bound)).orElse(Double.NEGATIVE_INFINITY),
            below.map(bound -> bound(measure, bound)).orElse(Double.POSITIVE_INFINITY));
    if (span.isEmpty()) {
      throw value.problem("is never fulfilled: nothing is " + span);
    }
    return span;
  }

  private static double bound(Measure measure, YamlValue value) {
    if (measure != Measure.COMPLEXITY) {
      return value.integer(0, Integer.MAX_VALUE);
    }
    double bound = value.decimal();
    if (!(bound >= 0 && bound <= 1)) {
      throw value.expected("a number from 0 to 1");
    }
    return bound;
  }
}
