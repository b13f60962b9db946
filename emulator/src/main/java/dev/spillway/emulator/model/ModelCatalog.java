package dev.spillway.emulator.model;

import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The models the emulator knows, from {@code models.yaml} and from its configuration.
 *
 * <p>A model it does not know is taken for the one with the longest name that the asked name starts
 * with, or else for one of the kind that its name tells, or else for a chat model of today, so that
 * a new model's name never stops a start.
 *
 * @param models by their names, in their order
 */
public record ModelCatalog(Map<String, ModelProfile> models) {

  private static final String FILE = "models.yaml";

  /** What tells a model's kind in a name that is not known, and a model of that kind. */
  private static final List<Map.Entry<String, String>> KINDS =
      List.of(
          Map.entry("embed", "text-embedding-3-large"),
          Map.entry("image", "gpt-image-1"),
          Map.entry("dall-e", "dall-e-3"),
          Map.entry("transcribe", "gpt-4o-transcribe"),
          Map.entry("whisper", "whisper"),
          Map.entry("tts", "gpt-4o-mini-tts"),
          Map.entry("sora", "sora-2"));

  private static final ModelCatalog BUNDLED = read();

  public ModelCatalog {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** The catalogue that comes with the emulator. */
  public static ModelCatalog bundled() {
    return BUNDLED;
  }

  /** The same, with the models of a list added or changed. */
  public ModelCatalog with(YamlValue list) {
    Map<String, ModelProfile> all = new LinkedHashMap<>(models);
    Set<String> named = new HashSet<>();
    for (YamlValue item : list.list()) {
      YamlMap keys = item.map();
      YamlValue name = keys.get("name");
      if (name.text().isBlank()) {
        throw name.expected("the name of a model");
      }
      if (!named.add(name.text())) {
        throw name.problem("is named twice: '" + name.text() + "'");
      }
      all.put(name.text(), ModelYaml.read(name.text(), keys, find(name.text())));
    }
    return new ModelCatalog(all);
  }

  /** Those it knows, in the order of the file. */
  public List<ModelProfile> all() {
    return List.copyOf(models.values());
  }

  /** A model by the name that the service lists it with, or by its own. */
  public Optional<ModelProfile> listed(String id) {
    return models.values().stream()
        .filter(model -> model.id().equals(id) || model.name().equals(id))
        .findFirst();
  }

  /** What is known of a model; of one that is new, what its name says. */
  public ModelProfile find(String model) {
    String name = usualName(model);
    ModelProfile exact = models.get(name);
    return exact != null ? exact : akin(name).orElse(ModelProfile.UNKNOWN).named(name);
  }

  /** Whether anything is known of a model. */
  public boolean knows(String model) {
    String name = usualName(model);
    return models.containsKey(name) || akin(name).isPresent();
  }

  private static String usualName(String model) {
    return model.replace("gpt-3.5", "gpt-35");
  }

  /** The known one whose name it begins with, or what is of its kind. */
  private Optional<ModelProfile> akin(String name) {
    return models.values().stream()
        .filter(known -> name.startsWith(known.name()))
        .max(Comparator.comparingInt(known -> known.name().length()))
        .or(() -> kind(name));
  }

  private Optional<ModelProfile> kind(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return KINDS.stream()
        .filter(kind -> lowerCase.contains(kind.getKey()))
        .map(kind -> models.get(kind.getValue()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static ModelCatalog read() {
    Map<String, ModelProfile> models = new LinkedHashMap<>();
    YamlMap file = LocatedYaml.parse(FILE, text(), name -> null);
    file.entries()
        .forEach((name, value) ->
            models.put(name, ModelYaml.read(name, value.map(), ModelProfile.UNKNOWN.named(name))));
    return new ModelCatalog(models);
  }

  private static String text() {
    try (InputStream file = Objects.requireNonNull(ModelCatalog.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
