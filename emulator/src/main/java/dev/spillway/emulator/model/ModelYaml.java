package dev.spillway.emulator.model;

import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a model as {@code models.yaml} has it. */
final class ModelYaml {

  private static final int MOST = 100_000_000;

  private ModelYaml() {}

  /**
   * A model.
   *
   * @param otherwise what holds where a key is left out; no snapshot of it for another version
   */
  static ModelProfile read(String name, YamlMap keys, ModelProfile otherwise) {
    Optional<String> version = keys.find("version").map(YamlValue::text);
    ModelProfile profile =
        new ModelProfile(
            name,
            keys.find("class")
                .map(value -> value.oneOf(ModelClass.class))
                .orElse(otherwise.modelClass()),
            keys.find("encoding").map(ModelYaml::encoding).orElse(otherwise.encoding()),
            version.orElse(otherwise.version()),
            keys.find("snapshot")
                .map(YamlValue::text)
                .orElse(version.isPresent() ? name : otherwise.snapshot()),
            number(keys, "context", 1, otherwise.contextTokens()),
            number(keys, "output", 0, otherwise.outputTokens()),
            number(keys, "rpm", 1, otherwise.rpmPerUnit()),
            number(keys, "tpm", 1, otherwise.tpmPerUnit()),
            number(keys, "overhead", 0, otherwise.completionOverhead()),
            new PtuWeights(
                number(keys, "ptu-input-tpm", 1, otherwise.ptu().inputTpm()),
                number(keys, "ptu-output-ratio", 1, otherwise.ptu().outputRatio()),
                keys.find("ptu-prompt")
                    .map(value -> value.integer(1, MOST))
                    .orElse(otherwise.ptu().longestPrompt())),
            keys.find("reports")
                .map(value -> value.oneOf(Reports.class))
                .orElse(otherwise.reports()),
            keys.find("family")
                .map(value -> value.oneOf(MediaFamily.class))
                .orElse(otherwise.family()),
            new Vectors(
                number(keys, "vector", 1, otherwise.vectors().length()),
                keys.find("shorter-vectors")
                    .map(YamlValue::flag)
                    .orElse(otherwise.vectors().shorter())),
            new Capabilities(
                keys.find("does").map(ModelYaml::does).orElse(otherwise.capabilities().all()),
                keys.find("completing-versions")
                    .map(ModelYaml::texts)
                    .orElse(otherwise.capabilities().completingVersions())),
            lifecycle(keys, version, otherwise.lifecycle()));
    if (profile.has(Capability.EMBEDDINGS) && profile.vectors().length() == 0) {
      var unused = keys.get("vector"); // which is missing, and needed
    }
    keys.end();
    return profile;
  }

  private static int number(YamlMap keys, String key, int least, int otherwise) {
    return keys.find(key).map(value -> value.integer(least, MOST)).orElse(otherwise);
  }

  private static String encoding(YamlValue value) {
    String encoding = value.text();
    if (!ModelProfile.ENCODINGS.contains(encoding)) {
      throw value.expected("one of " + String.join(", ", ModelProfile.ENCODINGS));
    }
    return encoding;
  }

  private static Set<Capability> does(YamlValue value) {
    return value.list().stream()
        .map(item -> item.oneOf(Capability.class))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> texts(YamlValue value) {
    return value.list().stream().map(YamlValue::text).toList();
  }

  /** A version that is a date says when it came. */
  private static Lifecycle lifecycle(YamlMap keys, Optional<String> version, Lifecycle otherwise) {
    Lifecycle.Status status =
        keys.find("status")
            .map(value -> value.oneOf(Lifecycle.Status.class))
            .orElse(otherwise.status());
    Optional<LocalDate> released =
        keys.find("released").map(ModelYaml::date).or(() -> version.flatMap(ModelYaml::asDate));
    Lifecycle lifecycle =
        released
            .map(day -> Lifecycle.usual(status, day))
            .orElse(new Lifecycle(status, otherwise.released(), otherwise.retires()));
    return keys.find("retires")
        .map(ModelYaml::date)
        .map(day -> new Lifecycle(status, lifecycle.released(), day))
        .orElse(lifecycle);
  }

  private static LocalDate date(YamlValue value) {
    return value.parse(
        "a date such as 2026-03-05",
        text -> asDate(text).orElseThrow(IllegalArgumentException::new));
  }

  private static Optional<LocalDate> asDate(String version) {
    try {
      return Optional.of(LocalDate.parse(version));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
