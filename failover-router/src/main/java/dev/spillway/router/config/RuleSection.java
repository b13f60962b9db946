package dev.spillway.router.config;

import dev.spillway.router.backend.Pool;
import dev.spillway.router.routing.Destination;
import dev.spillway.router.routing.Fallbacks;
import dev.spillway.router.routing.Rule;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a route leads: its {@code pool:}, or its {@code rules:} and their {@code default:}; and
 * from there.
 */
final class RuleSection {

  private final Map<String, Pool> pools;
  private final Map<String, String> callers;

  /**
   * A reader of rules.
   *
   * @param pools those there are
   * @param callers the names that a caller can have, by themselves
   */
  RuleSection(Map<String, Pool> pools, Map<String, String> callers) {
    this.pools = pools;
    this.callers = callers;
  }

  Destination read(YamlValue route, YamlMap keys) {
    Optional<YamlValue> rules = keys.find("rules");
    Optional<YamlValue> otherwise = keys.find("default");
    Fallbacks fallbacks =
        new Fallbacks(fallback(keys, "on-context-length"), fallback(keys, "on-content-filter"));
    if (rules.isEmpty()) {
      if (otherwise.isPresent()) {
        throw otherwise.get().problem("belongs to 'rules'");
      }
      return new Destination(List.of(), pool(keys.get("pool")), fallbacks);
    }
    keys.find("pool")
        .ifPresent(pool -> {
          throw pool.problem("is for a route without rules; here each rule has one, and 'default'");
        });
    if (otherwise.isEmpty()) {
      throw route.problem("has rules and needs 'default', the pool of what no rule fits");
    }
    return new Destination(rules(rules.get()), pool(otherwise.get()), fallbacks);
  }

  private @Nullable Pool fallback(YamlMap keys, String key) {
    return keys.find(key).map(this::pool).orElse(null);
  }

  private Pool pool(YamlValue value) {
    return value.lookUp("pool", pools);
  }

  private List<Rule> rules(YamlValue section) {
    List<Rule> rules = new ArrayList<>();
    for (YamlValue item : section.list()) {
      rules.add(rule(rules.size() + 1, item.map()));
    }
    if (rules.isEmpty()) {
      throw section.expected("a list with at least one rule");
    }
    return List.copyOf(rules);
  }

  private Rule rule(int number, YamlMap keys) {
    Rule rule =
        new Rule(
            number,
            keys.find("name").map(RuleSection::name).orElse(null),
            ConditionKeys.read(keys.get("when"), callers),
            pool(keys.get("pool")));
    keys.end();
    return rule;
  }

  /** It stands in a header. */
  private static @Nullable String name(YamlValue value) {
    String name = value.text();
    if (!name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\'')) {
      throw value.problem("may have plain letters, digits, spaces and signs only");
    }
    return name;
  }
}
