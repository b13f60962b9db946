package dev.spillway.router.config;

import dev.spillway.router.backend.SpillAt;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code spill-at:} of a pool's backend: one figure, or one for each priority of a caller. */
final class SpillKeys {

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");
  private static final int ALL = 100;

  private SpillKeys() {}

  static SpillAt read(YamlValue value) {
    if (!value.isMap()) {
      return SpillAt.of(percent(value));
    }
    YamlMap keys = value.map();
    SpillAt spillAt = new SpillAt(of(keys, "high"), of(keys, "normal"), of(keys, "low"));
    keys.end();
    return spillAt;
  }

  private static double of(YamlMap keys, String priority) {
    return keys.find(priority).map(SpillKeys::percent).orElse(SpillAt.NEVER.normal());
  }

  private static double percent(YamlValue value) {
    return value.parse("a share from 1% to 100%", SpillKeys::percent);
  }

  private static double percent(String text) {
    Matcher number = PERCENT.matcher(text);
    int percent = number.matches() ? Integer.parseInt(number.group(1)) : 0;
    if (percent < 1 || percent > ALL) {
      throw new IllegalArgumentException(text);
    }
    return percent;
  }
}
