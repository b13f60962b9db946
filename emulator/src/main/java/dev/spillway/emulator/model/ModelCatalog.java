package dev.spillway.emulator.model;

import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The models the emulator knows, from {@code models.yaml}.
 *
 * <p>A model it does not know is taken for the one with the longest name that the asked name starts
 * with, or else for a chat model of today, so that a new model's name never stops a start.
 */
public final class ModelCatalog {

  private static final String FILE = "models.yaml";
  private static final ModelProfile UNKNOWN =
      new ModelProfile(
          "unknown",
          ModelClass.CHAT,
          "o200k_base",
          "1",
          "unknown",
          128_000,
          16_384,
          1,
          1_000,
          0,
          PtuWeights.UNPUBLISHED,
          Reports.NOTHING,
          MediaFamily.NONE);

  private final Map<String, ModelProfile> models;

  private ModelCatalog(Map<String, ModelProfile> models) {
    this.models = models;
  }

  /** The catalogue that comes with the emulator. */
  public static ModelCatalog bundled() {
    Map<String, ModelProfile> models = new LinkedHashMap<>();
    YamlMap file = LocatedYaml.parse(FILE, bundledText(), name -> null);
    file.entries().forEach((name, value) -> models.put(name, profile(name, value.map())));
    return new ModelCatalog(models);
  }

  /** Those it knows, in the order of the file. */
  public List<ModelProfile> all() {
    return List.copyOf(models.values());
  }

  public ModelProfile find(String model) {
    String name = model.replace("gpt-3.5", "gpt-35");
    ModelProfile exact = models.get(name);
    if (exact != null) {
      return exact;
    }
    return models.values().stream()
        .filter(known -> name.startsWith(known.name()))
        .max(Comparator.comparingInt(known -> known.name().length()))
        .orElse(UNKNOWN)
        .named(name);
  }

  private static ModelProfile profile(String name, YamlMap keys) {
    ModelProfile profile =
        new ModelProfile(
            name,
            keys.get("class").oneOf(ModelClass.class),
            keys.get("encoding").text(),
            keys.get("version").text(),
            keys.find("snapshot").map(value -> value.text()).orElse(name),
            keys.get("context").integer(),
            keys.get("output").integer(),
            keys.find("rpm").map(value -> value.integer()).orElse(1),
            keys.find("tpm").map(value -> value.integer()).orElse(1_000),
            keys.find("overhead").map(value -> value.integer()).orElse(0),
            ptu(keys),
            keys.find("reports").map(value -> value.oneOf(Reports.class)).orElse(Reports.NOTHING),
            keys.find("family")
                .map(value -> value.oneOf(MediaFamily.class))
                .orElse(MediaFamily.NONE));
    keys.end();
    return profile;
  }

  private static PtuWeights ptu(YamlMap keys) {
    PtuWeights otherwise = PtuWeights.UNPUBLISHED;
    return new PtuWeights(
        keys.find("ptu-input-tpm").map(value -> value.integer()).orElse(otherwise.inputTpm()),
        keys.find("ptu-output-ratio").map(value -> value.integer()).orElse(otherwise.outputRatio()),
        keys.find("ptu-prompt").map(value -> value.integer()).orElse(otherwise.longestPrompt()));
  }

  private static String bundledText() {
    try (InputStream file = Objects.requireNonNull(ModelCatalog.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
