package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.deployment.Allocation.Exceeded;
import dev.spillway.emulator.deployment.QuotaPool;
import dev.spillway.emulator.deployment.ResourceGroup;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the {@code quotas} of an {@code emulator.yaml}. */
final class QuotaYaml {

  private QuotaYaml() {}

  /**
   * The pools, after the resources have been given theirs.
   *
   * @param places where the file has the resources; empty when it has none
   */
  static List<QuotaPool> quotas(
      YamlValue value,
      List<ResourceConfig> resources,
      Optional<YamlValue> places,
      ModelCatalog models) {
    List<QuotaPool> pools = new ArrayList<>();
    for (YamlValue item : value.list()) {
      QuotaPool pool = quota(item, models);
      if (pools.stream().anyMatch(pool::isSameAs)) {
        throw item.problem("is the second quota '" + pool.name() + "' in " + pool.region());
      }
      pools.add(pool);
    }
    Allocations.problem(resources, pools, models)
        .ifPresent(exceeded -> {
          throw places
              .map(all -> place(all, exceeded).problem(exceeded.what()))
              .orElseGet(() -> value.problem("are too small: " + exceeded.sentence()));
        });
    return pools;
  }

  private static YamlValue place(YamlValue resources, Exceeded exceeded) {
    YamlValue resource = entry(resources, exceeded.deployment().resource());
    YamlValue deployments = resource.map().find("deployments").orElse(resource);
    return entry(deployments, exceeded.deployment().name());
  }

  private static YamlValue entry(YamlValue value, String name) {
    return Objects.requireNonNull(value.map().entries().get(name));
  }

  private static QuotaPool quota(YamlValue value, ModelCatalog models) {
    YamlMap keys = value.map();
    String subscription =
        keys.find("subscription")
            .map(ResourceYaml::subscription)
            .orElse(ResourceGroup.DEFAULT.subscription());
    String region = keys.get("region").text();
    String model = keys.find("model").map(name -> models.find(name.text()).name()).orElse(null);
    String sku = keys.find("sku").map(QuotaYaml::sku).orElse(DeploymentSpec.STANDARD);
    long limit = keys.get("limit").integer(0, Integer.MAX_VALUE);
    keys.end();
    try {
      return new QuotaPool(subscription, region, model, sku, limit);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static String sku(YamlValue value) {
    String sku = value.text();
    if (!DeploymentSpec.SKUS.contains(sku)) {
      throw value.expected("one of " + String.join(", ", DeploymentSpec.SKUS));
    }
    return sku;
  }
}
