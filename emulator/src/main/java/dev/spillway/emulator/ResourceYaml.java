package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Access;
import dev.spillway.emulator.deployment.AddressRange;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Firewall;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.ResourceGroup;
import dev.spillway.emulator.latency.LatencyPresets;
import dev.spillway.emulator.latency.LatencyYaml;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the {@code resources} of an {@code emulator.yaml}. */
final class ResourceYaml {

  private static final Resource DEFAULTS = EmulatorConfig.defaults().firstResource();
  private static final LatencyPresets LATENCIES = LatencyPresets.bundled();
  private static final String LIMIT = "a number such as 40 or 40k, or 'unlimited'";

  private static final Map<String, String> KINDS =
      new TreeMap<>(Map.of("OpenAI", "OpenAI", "AIServices", "AIServices"));

  private ResourceYaml() {}

  static List<ResourceConfig> resources(YamlValue value, ModelCatalog models) {
    List<ResourceConfig> resources = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    value
        .map()
        .entries()
        .forEach((name, keys) -> {
          ResourceConfig resource = resource(name, keys, models);
          resource.resource().hosts().forEach(host -> checkOwner(owners, host, name, keys));
          resources.add(resource);
        });
    if (resources.isEmpty()) {
      throw value.problem("names no resource");
    }
    return resources;
  }

  private static void checkOwner(
      Map<String, String> owners, String host, String name, YamlValue keys) {
    String other = owners.putIfAbsent(host, name);
    if (other != null && !other.equals(name)) {
      throw keys.problem("is called '" + host + "', as 'resources." + other + "' is");
    }
  }

  private static ResourceConfig resource(String name, YamlValue value, ModelCatalog models) {
    YamlMap keys = value.map();
    List<DeploymentSpec> deployments = new ArrayList<>();
    keys.find("deployments")
        .ifPresent(all ->
            all.map()
                .entries()
                .forEach((key, one) -> deployments.add(deployment(key, one, models))));
    keys.find("deployments").ifPresent(all -> checkSpillovers(all, deployments));
    ResourceConfig resource =
        new ResourceConfig(
            account(name, keys, value),
            keys.find("listen").map(EmulatorYaml::listen).orElse(null),
            deployments);
    keys.end();
    return resource;
  }

  private static Resource account(String name, YamlMap keys, YamlValue value) {
    String region = keys.find("region").map(YamlValue::text).orElse(DEFAULTS.region());
    String kind = keys.find("kind").map(ResourceYaml::kind).orElse(DEFAULTS.kind());
    List<String> secrets = keys.find("keys").map(ResourceYaml::keys).orElse(DEFAULTS.keys());
    List<String> hosts = keys.find("hosts").map(ResourceYaml::hosts).orElse(List.of());
    ResourceGroup group = group(keys);
    Access access = access(keys);
    LatencySpec latency = latency(keys);
    try {
      return new Resource(name, region, kind, secrets, hosts, group, access, latency);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static ResourceGroup group(YamlMap keys) {
    String subscription =
        keys.find("subscription")
            .map(ResourceYaml::subscription)
            .orElse(DEFAULTS.group().subscription());
    return keys.find("resource-group")
        .map(value -> group(subscription, value))
        .orElseGet(() -> new ResourceGroup(subscription, DEFAULTS.group().name()));
  }

  private static ResourceGroup group(String subscription, YamlValue value) {
    try {
      return new ResourceGroup(subscription, value.text());
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  static String subscription(YamlValue value) {
    String subscription = value.text();
    if (!ResourceGroup.isSubscription(subscription)) {
      throw value.expected("a GUID such as " + DEFAULTS.group().subscription());
    }
    return subscription;
  }

  private static Access access(YamlMap keys) {
    return new Access(
        keys.find("local-auth").map(YamlValue::flag).orElse(true),
        keys.find("firewall").map(ResourceYaml::firewall).orElse(Firewall.OPEN),
        false);
  }

  private static Firewall firewall(YamlValue value) {
    YamlMap keys = value.map();
    Firewall firewall =
        new Firewall(
            keys.get("allow").list().stream().map(ResourceYaml::range).toList(),
            keys.find("x-forwarded-for").map(YamlValue::flag).orElse(false));
    keys.end();
    return firewall;
  }

  private static AddressRange range(YamlValue value) {
    return value.parse(
        "an address or range such as 203.0.113.7 or 10.0.0.0/8", AddressRange::parse);
  }

  static List<String> hosts(YamlValue value) {
    return value.list().stream().map(ResourceYaml::host).toList();
  }

  private static String host(YamlValue value) {
    String host = value.text();
    if (host.isBlank() || host.contains(":")) {
      throw value.expected("a host name without a port, such as contoso.openai.azure.com");
    }
    return host;
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

  private static DeploymentSpec deployment(String name, YamlValue value, ModelCatalog models) {
    YamlMap keys = value.map();
    String model = keys.get("model").text();
    String version = keys.find("version").map(YamlValue::text).orElse(null);
    String sku = keys.find("sku").map(YamlValue::text).orElse(DeploymentSpec.STANDARD);
    Limit capacity = keys.find("capacity").map(ResourceYaml::limit).orElse(Limit.of(1));
    Limit tpm = keys.find("tpm").map(ResourceYaml::limit).orElse(null);
    Limit rpm = keys.find("rpm").map(ResourceYaml::limit).orElse(null);
    String spillover = keys.find("spillover").map(YamlValue::text).orElse(null);
    String filter = keys.find("content-filter").map(YamlValue::text).orElse(null);
    LatencySpec latency = latency(keys);
    GeneratorSpec generator = keys.find("generator").map(GeneratorYaml::generator).orElse(null);
    keys.end();
    try {
      DeploymentSpec spec =
          new DeploymentSpec(name, model, version, sku, capacity, tpm, rpm, spillover, filter)
              .withLatency(latency)
              .withGenerator(generator);
      return new Deployment(DEFAULTS.name(), spec, models.find(model)).spec();
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  static @Nullable LatencySpec latency(YamlMap keys) {
    return keys.find("latency").map(value -> LatencyYaml.read(value, LATENCIES)).orElse(null);
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
