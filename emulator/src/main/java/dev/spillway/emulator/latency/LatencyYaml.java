package dev.spillway.emulator.latency;

import dev.spillway.control.LatencySpec;
import dev.spillway.control.LatencySpec.Delivery;
import dev.spillway.control.LatencySpec.Jitter;
import dev.spillway.control.LatencySpec.WhileFrozen;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a {@code latency}: the name of a preset, or figures with or without one. */
public final class LatencyYaml {

  private LatencyYaml() {}

  /**
   * Reads it.
   *
   * @throws dev.spillway.yaml.YamlException with file and line, when it cannot be used
   */
  public static LatencySpec read(YamlValue value, LatencyPresets presets) {
    if (!value.isMap()) {
      return value.lookUp("latency preset", presets.named());
    }
    value
        .map()
        .find("preset")
        .ifPresent(name -> {
          LatencySpec unused = name.lookUp("latency preset", presets.named());
        });
    LatencySpec spec = figures(value);
    try {
      presets.check(spec);
      return spec;
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  /** Reads figures, whatever preset they name. */
  static LatencySpec figures(YamlValue value) {
    YamlMap keys = value.map();
    String preset = keys.find("preset").map(YamlValue::text).orElse(null);
    Duration first = time(keys, "time-to-first-token");
    Duration perPromptToken = time(keys, "time-per-prompt-token");
    Duration perToken = time(keys, "time-per-token");
    Jitter jitter = keys.find("jitter").map(one -> one.oneOf(Jitter.class)).orElse(null);
    Integer spread = keys.find("spread").map(YamlValue::integer).orElse(null);
    Double loadFactor = keys.find("load-factor").map(YamlValue::decimal).orElse(null);
    Integer loadCalls = keys.find("load-calls").map(YamlValue::integer).orElse(null);
    Double utilization = keys.find("utilization-factor").map(YamlValue::decimal).orElse(null);
    Delivery delivery = keys.find("delivery").map(one -> one.oneOf(Delivery.class)).orElse(null);
    Duration bursts = time(keys, "burst-interval");
    WhileFrozen frozen =
        keys.find("while-frozen").map(one -> one.oneOf(WhileFrozen.class)).orElse(null);
    keys.end();
    try {
      return new LatencySpec(
          preset,
          first,
          perPromptToken,
          perToken,
          jitter,
          spread,
          loadFactor,
          loadCalls,
          utilization,
          delivery,
          bursts,
          frozen);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static @Nullable Duration time(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::duration).orElse(null);
  }
}
