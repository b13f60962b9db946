package dev.spillway.emulator;

import dev.spillway.emulator.filter.Blocklist;
import dev.spillway.emulator.filter.FilterCategory;
import dev.spillway.emulator.filter.FilterPolicy;
import dev.spillway.emulator.filter.Rule;
import dev.spillway.emulator.filter.Side;
import dev.spillway.emulator.filter.TextPattern;
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

/**
 * Reads {@code content-filters}; what a policy leaves out is as in {@link FilterPolicy#DEFAULT}.
 */
final class ContentFilterYaml {

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
            FilterTriggerYaml.triggers(keys.find("triggers")),
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
        .ifPresent(regex -> regex.list().forEach(one -> terms.add(FilterTriggerYaml.regex(one))));
    keys.end();
    return terms;
  }

  private static List<TextPattern> words(YamlValue value) {
    return value.list().stream()
        .map(word -> word.parse("a word or several", TextPattern::words))
        .toList();
  }
}
