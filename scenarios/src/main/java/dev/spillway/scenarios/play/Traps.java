package dev.spillway.scenarios.play;

import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultSpec;
import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.Traffic;
import dev.spillway.wire.HeaderNames;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Faults that do nothing but notice: each strikes calls in which a resource is told a key that it
 * should not know, a caller's or another resource's.
 */
public final class Traps {

  /** How their names begin, by which a judge finds them. */
  public static final String PREFIX = "secret: ";

  private static final String HARMLESS = "delay 0ms";

  private Traps() {}

  /** None where nobody asks what they have noticed. */
  static List<FaultSpec> of(Scenario scenario) {
    return scenario.expectations().stream()
            .anyMatch(one -> one.check() instanceof Check.SecretsSeen)
        ? all(scenario)
        : List.of();
  }

  private static List<FaultSpec> all(Scenario scenario) {
    Map<String, Set<String>> keys = keysOfResources(scenario.setup().emulator());
    Set<String> callers = new LinkedHashSet<>();
    scenario.traffic().stream()
        .map(Traffic::caller)
        .map(caller -> caller.key())
        .filter(Objects::nonNull)
        .forEach(callers::add);
    List<FaultSpec> traps = new ArrayList<>();
    keys.forEach((resource, own) -> {
      callers.stream()
          .filter(key -> !own.contains(key))
          .forEach(key -> traps.addAll(traps("a caller's key", key, resource)));
      keys.forEach((other, theirs) ->
          theirs.stream()
              .filter(key -> !own.contains(key))
              .forEach(key -> traps.addAll(traps("the key of " + other, key, resource))));
    });
    return number(traps);
  }

  private static List<FaultSpec> traps(String whose, String key, String resource) {
    return List.of(
        trap(whose, resource, HeaderNames.API_KEY, key),
        trap(whose, resource, HeaderNames.SUBSCRIPTION_KEY, key),
        trap(whose, resource, HeaderNames.AUTHORIZATION, "Bearer " + key));
  }

  private static FaultSpec trap(String whose, String resource, String header, String value) {
    FaultMatch match = FaultMatch.ANY.withResource(resource).withHeaders(Map.of(header, value));
    return FaultSpec.parse(HARMLESS)
        .matching(match)
        .named("%s%s in %s at %s".formatted(PREFIX, whose, header, resource));
  }

  /** Faults of one name would be one. */
  private static List<FaultSpec> number(List<FaultSpec> traps) {
    List<FaultSpec> numbered = new ArrayList<>();
    for (FaultSpec trap : traps) {
      numbered.add(trap.named(trap.name() + " #" + (numbered.size() + 1)));
    }
    return numbered;
  }

  private static Map<String, Set<String>> keysOfResources(YamlValue emulator) {
    Map<String, Set<String>> all = new LinkedHashMap<>();
    YamlMap resources = emulator.map().get("resources").map();
    resources
        .entries()
        .forEach((name, value) -> {
          Set<String> keys = new LinkedHashSet<>();
          value
              .map()
              .find("keys")
              .map(YamlValue::list)
              .orElse(List.of())
              .forEach(key -> keys.add(key.text()));
          all.put(name, keys);
        });
    return all;
  }
}
