package dev.spillway.emulator.fault;

import dev.spillway.control.FaultPreset;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The collection of real 429s that clients have stumbled over, from {@code presets.yaml}. */
public final class Presets {

  private static final String FILE = "presets.yaml";

  private final Map<String, Preset> presets;

  private Presets(Map<String, Preset> presets) {
    this.presets = presets;
  }

  /** The collection that comes with the emulator. */
  public static Presets bundled() {
    Map<String, Preset> presets = new LinkedHashMap<>();
    YamlMap file = LocatedYaml.parse(FILE, bundledText(), name -> null);
    file.entries().forEach((name, value) -> presets.put(name, preset(name, value.map())));
    return new Presets(presets);
  }

  /** In the order of the file. */
  public List<FaultPreset> all() {
    return presets.values().stream().map(Preset::told).toList();
  }

  public Optional<Preset> find(String name) {
    return Optional.ofNullable(presets.get(name));
  }

  private static Preset preset(String name, YamlMap keys) {
    FaultPreset told =
        new FaultPreset(
            name,
            keys.get("what").text(),
            keys.get("threads").list().stream().map(YamlValue::text).toList());
    Map<String, String> headers = new LinkedHashMap<>();
    keys.find("headers")
        .ifPresent(all ->
            all.map().entries().forEach((header, value) -> headers.put(header, value.text())));
    Preset preset =
        new Preset(
            told,
            keys.find("status").map(value -> value.integer(400, 599)).orElse(429),
            headers,
            keys.get("body").text());
    keys.end();
    return preset;
  }

  private static String bundledText() {
    try (InputStream file = Objects.requireNonNull(Presets.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
