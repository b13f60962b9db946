package dev.spillway.emulator;

import dev.spillway.emulator.filter.Effect;
import dev.spillway.emulator.filter.FilterCategory;
import dev.spillway.emulator.filter.Severity;
import dev.spillway.emulator.filter.Side;
import dev.spillway.emulator.filter.TextPattern;
import dev.spillway.emulator.filter.Trigger;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the {@code triggers} of a content filter. */
final class FilterTriggerYaml {

  /** What a trigger's category says instead of one, when the filter shall be down. */
  private static final String ERROR = "error";

  private FilterTriggerYaml() {}

  static TextPattern regex(YamlValue value) {
    return value.parse("a regular expression", TextPattern::regex);
  }

  static List<Trigger> triggers(Optional<YamlValue> value) {
    return value
        .map(list -> list.list().stream().map(FilterTriggerYaml::trigger).toList())
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
    Optional<TextPattern> regex = keys.find("regex").map(FilterTriggerYaml::regex);
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
