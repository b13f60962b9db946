package dev.spillway.emulator;

import dev.spillway.control.stub.Condition;
import dev.spillway.control.stub.Ordinals;
import dev.spillway.control.stub.TextMatch;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the {@code when} of a stub. */
final class ConditionYaml {

  private ConditionYaml() {}

  static Condition condition(YamlValue value) {
    YamlMap keys = value.map();
    Condition condition =
        new Condition(
            names(keys, "resource"),
            names(keys, "deployment"),
            names(keys, "operation"),
            names(keys, "model"),
            matches(keys, "headers"),
            match(keys, "system"),
            match(keys, "user"),
            match(keys, "message"),
            match(keys, "result"),
            names(keys, "result-of"),
            names(keys, "tool"),
            ordinals(keys, "turn"),
            ordinals(keys, "call"),
            keys.find("stream").map(YamlValue::flag).orElse(null),
            matches(keys, "body"));
    keys.end();
    return condition;
  }

  /** One text, or a list of them. */
  static List<String> names(YamlValue value) {
    return value.isList()
        ? value.list().stream().map(YamlValue::text).toList()
        : List.of(value.text());
  }

  private static List<String> names(YamlMap keys, String key) {
    return keys.find(key).map(ConditionYaml::names).orElse(List.of());
  }

  private static @Nullable Ordinals ordinals(YamlMap keys, String key) {
    return keys.find(key)
        .map(value -> value.parse("numbers from 1 up, such as 2, 2..4 or 3..", Ordinals::parse))
        .orElse(null);
  }

  private static Map<String, TextMatch> matches(YamlMap keys, String key) {
    Map<String, TextMatch> matches = new TreeMap<>();
    keys.find(key)
        .ifPresent(
            value -> value.map().entries().forEach((name, one) -> matches.put(name, match(one))));
    return matches;
  }

  private static @Nullable TextMatch match(YamlMap keys, String key) {
    return keys.find(key).map(ConditionYaml::match).orElse(null);
  }

  private static TextMatch match(YamlValue value) {
    if (!value.isMap()) {
      return StubYaml.usable(value, () -> TextMatch.plain(value.text()));
    }
    Map<String, YamlValue> only = value.map().entries();
    if (only.size() != 1) {
      throw value.expected("a text, or one of equals, contains and regex with it");
    }
    String how = only.keySet().iterator().next();
    String text = only.values().iterator().next().text();
    return StubYaml.usable(value, () -> TextMatch.named(how, text));
  }
}
