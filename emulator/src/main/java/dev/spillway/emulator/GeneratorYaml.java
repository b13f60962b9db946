package dev.spillway.emulator;

import dev.spillway.control.GeneratorSpec;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the {@code generator} of a deployment: its name alone, or its name and more. */
final class GeneratorYaml {

  private GeneratorYaml() {}

  static GeneratorSpec generator(YamlValue value) {
    if (!value.isMap()) {
      return spec(value, value.oneOf(GeneratorSpec.Name.class), null, null);
    }
    YamlMap keys = value.map();
    GeneratorSpec.Name name = keys.get("name").oneOf(GeneratorSpec.Name.class);
    String text = keys.find("text").map(YamlValue::text).orElse(null);
    GeneratorSpec.Unmatched unmatched =
        keys.find("unmatched").map(one -> one.oneOf(GeneratorSpec.Unmatched.class)).orElse(null);
    keys.end();
    return spec(value, name, text, unmatched);
  }

  private static GeneratorSpec spec(
      YamlValue value,
      GeneratorSpec.Name name,
      @Nullable String text,
      GeneratorSpec.@Nullable Unmatched unmatched) {
    try {
      return new GeneratorSpec(name, text, unmatched);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }
}
