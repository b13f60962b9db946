package dev.spillway.emulator.latency;

import dev.spillway.control.LatencySpec;
import dev.spillway.control.LatencySpec.Jitter;
import dev.spillway.yaml.LocatedYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The latencies that have a name, from {@code presets.yaml}; beside them {@code model}, the one
 * that belongs to a deployment's own model, and {@code off}.
 */
public final class LatencyPresets {

  static final LatencySpec NO_TIME = LatencySpec.off();

  private static final String FILE = "presets.yaml";

  /** For a model of which no figures are known. */
  private static final String ANY_MODEL = "gpt-4o";

  private final Map<String, LatencySpec> byName;

  private LatencyPresets(Map<String, LatencySpec> byName) {
    this.byName = byName;
  }

  /** Those that come with the emulator. */
  public static LatencyPresets bundled() {
    Map<String, LatencySpec> presets = new LinkedHashMap<>();
    LocatedYaml.parse(FILE, bundledText(), name -> null)
        .entries()
        .forEach((name, value) -> presets.put(name, LatencyYaml.figures(value)));
    return new LatencyPresets(presets);
  }

  /** Every name with the spec that means it, as they may be written. */
  Map<String, LatencySpec> named() {
    Map<String, LatencySpec> named = new TreeMap<>();
    byName.keySet().forEach(name -> named.put(name, LatencySpec.preset(name)));
    named.put(LatencySpec.MODEL, LatencySpec.preset(LatencySpec.MODEL));
    named.put(LatencySpec.OFF, LatencySpec.off());
    return named;
  }

  /**
   * Looks whether a spec can be used.
   *
   * @throws IllegalArgumentException when it names no preset that there is, or says something that
   *     would have no effect
   */
  public void check(LatencySpec spec) {
    String preset = spec.preset();
    if (preset != null && !named().containsKey(preset)) {
      throw new IllegalArgumentException(
          "there is no latency preset '%s'; there is %s"
              .formatted(preset, String.join(", ", named().keySet())));
    }
    LatencySpec whole = spec.isOff() ? spec : filled(spec, ANY_MODEL);
    boolean jitters = whole.jitter() != null && whole.jitter() != Jitter.CONSTANT;
    if (spec.spread() != null && !jitters) {
      throw new IllegalArgumentException("'spread' needs a 'jitter': uniform or log-normal");
    }
    if (spec.loadCalls() != null && whole.loadFactor() == null) {
      throw new IllegalArgumentException("'load-calls' needs a 'load-factor'");
    }
  }

  /** The model of a spec that is not off, for a deployment of this model. */
  LatencyModel model(LatencySpec spec, String model) {
    return LatencyModel.of(filled(spec, model));
  }

  private LatencySpec filled(LatencySpec spec, String model) {
    String preset = spec.preset();
    return preset == null
        ? spec
        : spec.over(preset.equals(LatencySpec.MODEL) ? nearest(model) : known(preset));
  }

  private LatencySpec known(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /** Of the preset with the longest name that the model's begins with. */
  private LatencySpec nearest(String model) {
    return byName.keySet().stream()
        .filter(model::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(this::known)
        .orElseGet(() -> known(ANY_MODEL));
  }

  private static String bundledText() {
    try (InputStream file =
        Objects.requireNonNull(LatencyPresets.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
