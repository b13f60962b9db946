package dev.spillway.emulator;

import dev.spillway.control.LatencySpec;
import dev.spillway.emulator.dataplane.WireProfile;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.emulator.filter.FilterPolicy;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.RedisAddress;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code emulator.yaml}; what it leaves out is as in {@link EmulatorConfig#defaults}. */
final class EmulatorYaml {

  private static final EmulatorConfig DEFAULTS = EmulatorConfig.defaults();

  private EmulatorYaml() {}

  static EmulatorConfig read(Path file, Function<String, @Nullable String> environment) {
    return config(LocatedYaml.read(file, environment));
  }

  static EmulatorConfig parse(
      String name, String yaml, Function<String, @Nullable String> environment) {
    return config(LocatedYaml.parse(name, yaml, environment));
  }

  static EmulatorConfig config(YamlMap keys) {
    Map<String, FilterPolicy> filters = ContentFilterYaml.policies(keys);
    ContentFilterYaml.checkChosen(keys, filters);
    Optional<YamlMap> journal = keys.find("journal").map(YamlValue::map);
    Optional<YamlValue> places = keys.find("resources");
    ModelCatalog models =
        keys.find("models").map(DEFAULTS.models()::with).orElse(DEFAULTS.models());
    LatencySpec latency = ResourceYaml.latency(keys);
    List<ResourceConfig> resources =
        places
            .map(value -> ResourceYaml.resources(value, models))
            .orElse(DEFAULTS.resources())
            .stream()
            .map(one -> one.withLatencyUnlessItHas(latency))
            .toList();
    WireProfile wire =
        keys.find("wire")
            .map(value -> value.lookUp("wire profile", WireProfiles.BY_NAME))
            .orElse(DEFAULTS.wire());
    RedisAddress redis = keys.find("redis").map(EmulatorYaml::redis).orElse(null);
    EmulatorConfig config =
        new EmulatorConfig(
            keys.find("listen").map(EmulatorYaml::listen).orElse(DEFAULTS.listen()),
            wire,
            keys.find("api-versions")
                .map(value -> value.oneOf(ApiVersions.class))
                .orElse(DEFAULTS.apiVersions()),
            keys.find("seed").map(YamlValue::longInteger).orElse(DEFAULTS.seed()),
            keys.find("charge")
                .map(value -> value.oneOf(ChargeBy.class))
                .orElse(DEFAULTS.chargeBy()),
            models,
            resources,
            keys.find("quotas")
                .map(value -> QuotaYaml.quotas(value, resources, places, models))
                .orElse(DEFAULTS.quotas()),
            keys.find("entra").map(entra -> EntraYaml.entra(entra, resources)).orElse(null),
            keys.find("tls").map(EmulatorYaml::tls).orElse(null),
            filters,
            keys.find("admin-key").map(EmulatorYaml::adminKey).orElse(null),
            keys.find("max-request-bytes")
                .map(value -> value.integer(1, Integer.MAX_VALUE - 16))
                .orElse(DEFAULTS.maxRequestBytes()),
            journal
                .flatMap(map -> map.find("calls"))
                .map(value -> value.integer(0, 10_000_000))
                .orElse(DEFAULTS.journalCalls()),
            journal
                .flatMap(map -> map.find("bodies"))
                .map(YamlValue::flag)
                .orElse(DEFAULTS.journalBodies()),
            redis,
            keys.find("abuse-penalty")
                .map(value -> abusePenalty(value, wire, redis))
                .orElse(DEFAULTS.abusePenalty()),
            keys.find("stubs").map(StubYaml::stubs).orElse(DEFAULTS.stubs()),
            keys.find("recordings").map(RecordingsYaml::recordings).orElse(null),
            FaultYaml.faults(keys, resources),
            keys.find("faults-by-header").map(YamlValue::flag).orElse(DEFAULTS.faultsByHeader()));
    journal.ifPresent(YamlMap::end);
    keys.end();
    return config;
  }

  static ListenAddress listen(YamlValue value) {
    return value.parse("host:port such as 127.0.0.1:8080", ListenAddress::parse);
  }

  private static RedisAddress redis(YamlValue value) {
    try {
      return RedisAddress.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static boolean abusePenalty(
      YamlValue value, WireProfile wire, @Nullable RedisAddress redis) {
    boolean exists = value.flag();
    if (exists) {
      try {
        EmulatorConfig.checkAbusePenalty(wire, redis);
      } catch (IllegalArgumentException e) {
        throw value.problem("cannot be used: " + e.getMessage());
      }
    }
    return exists;
  }

  private static String adminKey(YamlValue value) {
    String key = value.text();
    if (key.isBlank()) {
      throw value.expected("a key that is not empty");
    }
    return key;
  }

  private static Tls tls(YamlValue value) {
    YamlMap keys = value.map();
    Tls tls =
        new Tls(
            listen(keys.get("listen")),
            keys.find("folder").map(YamlValue::text).map(Path::of).orElse(Tls.FOLDER),
            keys.find("hosts").map(ResourceYaml::hosts).orElse(List.of()));
    keys.end();
    return tls;
  }
}
