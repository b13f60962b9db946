package dev.spillway.emulator;

import dev.spillway.emulator.filter.Blocklist;
import dev.spillway.emulator.filter.Effect;
import dev.spillway.emulator.filter.FilterCategory;
import dev.spillway.emulator.filter.FilterPolicy;
import dev.spillway.emulator.filter.Rule;
import dev.spillway.emulator.filter.Severity;
import dev.spillway.emulator.filter.Side;
import dev.spillway.emulator.filter.TextPattern;
import dev.spillway.emulator.filter.Trigger;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code content-filters}; what a policy leaves out is as in {@link FilterPolicy#DEFAULT}.
 */
final class ContentFilterYaml {

  private static final String REGEX = "a regular expression";
  private static final String ERROR = "error";

  private enum Mode {
    DEFAULT,
    ASYNCHRONOUS
  }

  private ContentFilterYaml() {}

  static Map<String, FilterPolicy> policies(YamlMap file) {
    Map<String, FilterPolicy> policies = new LinkedHashMap<>();
    file.find("content-filters")
        .ifPresent(all ->
            all.map().entries().forEach((name, value) -> policies.put(name, policy(value.map()))));
    return policies;
  }

  /** Refuses a deployment that names a policy which is neither in the file nor always there. */
  static void checkChosen(YamlMap file, Map<String, FilterPolicy> policies) {
    Map<String, FilterPolicy> known = new TreeMap<>(FilterPolicy.BUILT_IN);
    known.putAll(policies);
    for (YamlValue resource : entries(file.find("resources"))) {
      for (YamlValue deployment : entries(resource.map().find("deployments"))) {
        deployment
            .map()
            .find("content-filter")
            .ifPresent(chosen -> {
              FilterPolicy unused = chosen.lookUp("content filter", known);
            });
      }
    }
  }

  private static List<YamlValue> entries(Optional<YamlValue> mapping) {
    return mapping.map(value -> List.copyOf(value.map().entries().values())).orElse(List.of());
  }

  private static FilterPolicy policy(YamlMap keys) {
    FilterPolicy policy =
        new FilterPolicy(
            rules(keys.find("prompt"), Side.PROMPT),
            rules(keys.find("completion"), Side.COMPLETION),
            blocklists(keys.find("blocklists")),
            triggers(keys.find("triggers")),
            keys.find("mode").map(value -> value.oneOf(Mode.class)).orElse(Mode.DEFAULT)
                == Mode.ASYNCHRONOUS,
            keys.find("down").map(YamlValue::flag).orElse(false));
    keys.end();
    return policy;
  }

  private static Map<FilterCategory, Rule> rules(Optional<YamlValue> value, Side side) {
    Map<FilterCategory, Rule> rules = new EnumMap<>(FilterPolicy.DEFAULT.rules(side));
    value
        .map(YamlValue::map)
        .ifPresent(keys -> {
          for (FilterCategory category : FilterCategory.of(side)) {
            keys.find(category.onTheWire())
                .ifPresent(rule -> rules.put(category, rule(rule, category)));
          }
          keys.end();
        });
    return rules;
  }

  private static Rule rule(YamlValue value, FilterCategory category) {
    Map<String, Rule> fitting =
        Arrays.stream(Rule.values())
            .filter(rule -> rule.fits(category))
            .collect(
                Collectors.toMap(
                    rule -> rule.name().toLowerCase(Locale.ROOT),
                    rule -> rule,
                    (one, other) -> one,
                    LinkedHashMap::new));
    Rule rule = fitting.get(value.text());
    if (rule == null) {
      throw value.expected("one of " + String.join(", ", fitting.keySet()));
    }
    return rule;
  }

  private static List<Blocklist> blocklists(Optional<YamlValue> value) {
    List<Blocklist> lists = new ArrayList<>();
    value.ifPresent(all ->
        all.map().entries().forEach((name, list) -> lists.add(new Blocklist(name, terms(list)))));
    return lists;
  }

  /** A list of words, or a mapping with {@code words} and {@code regex}. */
  private static List<TextPattern> terms(YamlValue value) {
    if (!value.isMap()) {
      return words(value);
    }
    YamlMap keys = value.map();
    List<TextPattern> terms = new ArrayList<>();
    keys.find("words").ifPresent(words -> terms.addAll(words(words)));
    keys.find("regex")
        .ifPresent(
            regex -> regex.list().forEach(one -> terms.add(one.parse(REGEX, TextPattern::regex))));
    keys.end();
    return terms;
  }

  private static List<TextPattern> words(YamlValue value) {
    return value.list().stream()
        .map(word -> word.parse("a word or several", TextPattern::words))
        .toList();
  }

  private static List<Trigger> triggers(Optional<YamlValue> value) {
    return value
        .map(list -> list.list().stream().map(ContentFilterYaml::trigger).toList())
        .orElse(List.of());
  }

  private static Trigger trigger(YamlValue value) {
    YamlMap keys = value.map();
    TextPattern pattern = pattern(value, keys);
    Side in = keys.find("in").map(side -> side.oneOf(Side.class)).orElse(Side.PROMPT);
    Side judges = keys.find("judges").map(side -> side.oneOf(Side.class)).orElse(in);
    Effect effect = effect(value, keys, judges);
    keys.end();
    try {
      return new Trigger(pattern, in, effect);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static TextPattern pattern(YamlValue value, YamlMap keys) {
    Optional<TextPattern> text =
        keys.find("text").map(one -> one.parse("a text", TextPattern::contained));
    Optional<TextPattern> regex =
        keys.find("regex").map(one -> one.parse(REGEX, TextPattern::regex));
    if (text.isPresent() == regex.isPresent()) {
      throw value.problem("needs either 'text' or 'regex'");
    }
    return text.or(() -> regex).orElseThrow();
  }

  private static Effect effect(YamlValue value, YamlMap keys, Side judges) {
    YamlValue category = keys.get("category");
    if (category.text().equals(ERROR)) {
      return new Effect.Down();
    }
    Map<String, FilterCategory> known = new TreeMap<>();
    FilterCategory.of(judges).forEach(one -> known.put(one.onTheWire(), one));
    FilterCategory found =
        category.lookUp("category of " + judges.name().toLowerCase(Locale.ROOT) + "s", known);
    return Effect.Found.in(judges, found, severity(value, keys, found));
  }

  private static Severity severity(YamlValue trigger, YamlMap keys, FilterCategory category) {
    @Nullable YamlValue given = keys.find("severity").orElse(null);
    if (category.graded() && given == null) {
      throw trigger.problem("needs a 'severity', since " + category.onTheWire() + " has some");
    }
    if (!category.graded() && given != null) {
      throw given.problem("does not go with " + category.onTheWire() + ", which has no severities");
    }
    return given == null ? Severity.HIGH : severity(given);
  }

  private static Severity severity(YamlValue value) {
    Severity severity = value.oneOf(Severity.class);
    if (severity == Severity.SAFE) {
      throw value.expected("one of low, medium, high");
    }
    return severity;
  }
}
