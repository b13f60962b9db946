package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code emulator.yaml}; what it leaves out is as in {@link EmulatorConfig#defaults}. */
final class EmulatorYaml {

  private static final EmulatorConfig DEFAULTS = EmulatorConfig.defaults();
  private static final String LIMIT = "a number such as 40 or 40k, or 'unlimited'";

  private static final Map<String, String> KINDS =
      new TreeMap<>(Map.of("OpenAI", "OpenAI", "AIServices", "AIServices"));

  /** What a resource's mapping says. */
  private record Account(Resource resource, List<DeploymentSpec> deployments) {}

  private EmulatorYaml() {}

  static EmulatorConfig read(Path file, Function<String, @Nullable String> environment) {
    return config(LocatedYaml.read(file, environment));
  }

  static EmulatorConfig parse(
      String name, String yaml, Function<String, @Nullable String> environment) {
    return config(LocatedYaml.parse(name, yaml, environment));
  }

  private static EmulatorConfig config(YamlMap keys) {
    Account account =
        keys.find("resources")
            .map(EmulatorYaml::account)
            .orElse(new Account(DEFAULTS.resource(), DEFAULTS.deployments()));
    Optional<YamlMap> journal = keys.find("journal").map(YamlValue::map);
    EmulatorConfig config =
        new EmulatorConfig(
            keys.find("listen").map(EmulatorYaml::listen).orElse(DEFAULTS.listen()),
            keys.find("wire")
                .map(value -> value.lookUp("wire profile", WireProfiles.BY_NAME))
                .orElse(DEFAULTS.wire()),
            keys.find("seed").map(YamlValue::longInteger).orElse(DEFAULTS.seed()),
            keys.find("charge")
                .map(value -> value.oneOf(ChargeBy.class))
                .orElse(DEFAULTS.chargeBy()),
            account.resource(),
            account.deployments(),
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
                .orElse(DEFAULTS.journalBodies()));
    journal.ifPresent(YamlMap::end);
    keys.end();
    return config;
  }

  private static ListenAddress listen(YamlValue value) {
    return value.parse("host:port such as 127.0.0.1:8080", ListenAddress::parse);
  }

  private static String adminKey(YamlValue value) {
    String key = value.text();
    if (key.isBlank()) {
      throw value.expected("a key that is not empty");
    }
    return key;
  }

  private static Account account(YamlValue resources) {
    Map<String, YamlValue> byName = resources.map().entries();
    if (byName.isEmpty()) {
      throw resources.problem("names no resource");
    }
    if (byName.size() > 1) {
      YamlValue second = List.copyOf(byName.values()).get(1);
      throw second.problem("is a second resource; this version serves one");
    }
    Map.Entry<String, YamlValue> only = byName.entrySet().iterator().next();
    return account(only.getKey(), only.getValue().map());
  }

  private static Account account(String name, YamlMap keys) {
    Resource fallback = DEFAULTS.resource();
    Resource resource =
        new Resource(
            name,
            keys.find("region").map(YamlValue::text).orElse(fallback.region()),
            keys.find("kind").map(EmulatorYaml::kind).orElse(fallback.kind()),
            keys.find("keys").map(EmulatorYaml::keys).orElse(fallback.keys()));
    List<DeploymentSpec> deployments = new ArrayList<>();
    keys.find("deployments")
        .ifPresent(all ->
            all.map().entries().forEach((key, value) -> deployments.add(deployment(key, value))));
    keys.find("deployments").ifPresent(all -> checkSpillovers(all, deployments));
    keys.end();
    return new Account(resource, deployments);
  }

  private static String kind(YamlValue value) {
    return value.lookUp("kind", KINDS);
  }

  private static List<String> keys(YamlValue value) {
    List<String> keys = value.list().stream().map(YamlValue::text).toList();
    if (keys.isEmpty() || keys.size() > 2 || keys.contains("")) {
      throw value.expected("one or two keys");
    }
    return keys;
  }

  private static DeploymentSpec deployment(String name, YamlValue value) {
    YamlMap keys = value.map();
    String model = keys.get("model").text();
    String version = keys.find("version").map(YamlValue::text).orElse(null);
    String sku = keys.find("sku").map(YamlValue::text).orElse(DeploymentSpec.STANDARD);
    Limit capacity = keys.find("capacity").map(EmulatorYaml::limit).orElse(Limit.of(1));
    Limit tpm = keys.find("tpm").map(EmulatorYaml::limit).orElse(null);
    Limit rpm = keys.find("rpm").map(EmulatorYaml::limit).orElse(null);
    String spillover = keys.find("spillover").map(YamlValue::text).orElse(null);
    keys.end();
    try {
      return new DeploymentSpec(name, model, version, sku, capacity, tpm, rpm, spillover);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static void checkSpillovers(YamlValue all, List<DeploymentSpec> deployments) {
    Map<String, DeploymentSpec> byName =
        deployments.stream().collect(Collectors.toMap(DeploymentSpec::name, spec -> spec));
    for (DeploymentSpec spec : deployments) {
      String spillover = spec.spillover();
      if (spillover != null && !maySpill(spec, byName.get(spillover))) {
        throw Objects.requireNonNull(all.map().entries().get(spec.name()))
            .problem(
                "cannot be used: '%s' spills over to '%s', which is no %s deployment of the resource"
                    .formatted(spec.name(), spillover, spec.standardSku()));
      }
    }
  }

  private static boolean maySpill(DeploymentSpec from, @Nullable DeploymentSpec to) {
    return to != null && from.maySpillTo(to);
  }

  private static Limit limit(YamlValue value) {
    return value.parse(LIMIT, Limit::parse);
  }
}
