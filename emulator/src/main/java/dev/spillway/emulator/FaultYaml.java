package dev.spillway.emulator;

import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultPlace;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the {@code faults} and {@code timelines} of an {@code emulator.yaml}. */
final class FaultYaml {

  private FaultYaml() {}

  static List<FaultSpec> faults(YamlMap keys, List<ResourceConfig> resources) {
    List<FaultSpec> faults = new ArrayList<>();
    for (YamlValue value : list(keys, "faults")) {
      add(faults, value, fault(value), resources);
    }
    for (YamlValue value : list(keys, "timelines")) {
      phase(value).forEach(fault -> add(faults, value, fault, resources));
    }
    return faults;
  }

  private static List<YamlValue> list(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::list).orElse(List.of());
  }

  private static void add(
      List<FaultSpec> faults, YamlValue value, FaultSpec fault, List<ResourceConfig> resources) {
    faults.add(fault);
    FaultCheck.problem(faults, resources)
        .ifPresent(problem -> {
          throw value.problem("cannot be used: " + problem);
        });
  }

  private static FaultSpec fault(YamlValue value) {
    if (!value.isMap()) {
      return valid(value, () -> FaultSpec.parse(value.text()));
    }
    YamlMap keys = value.map();
    String name = text(keys, "name");
    FaultMatch match = keys.find("match").map(FaultYaml::match).orElse(FaultMatch.ANY);
    FaultPlace at =
        keys.find("at").map(one -> valid(one, () -> FaultPlace.parse(one.text()))).orElse(null);
    FaultAction what = what(keys.get("what"));
    FaultSchedule when = keys.find("when").map(FaultYaml::schedule).orElse(FaultSchedule.ALWAYS);
    keys.end();
    return valid(value, () -> FaultSpec.of(name, match, at, what, when));
  }

  private static FaultMatch match(YamlValue value) {
    YamlMap keys = value.map();
    FaultMatch match =
        place(keys)
            .withOperation(text(keys, "operation"))
            .withStream(keys.find("stream").map(YamlValue::flag).orElse(null))
            .withCaller(text(keys, "caller"))
            .withHeaders(keys.find("headers").map(FaultYaml::headers).orElse(Map.of()))
            .withBody(text(keys, "body"));
    FaultMatch whole =
        keys.find("body-regex")
            .map(regex -> regex.parse("a regular expression", match::withBodyRegex))
            .orElse(match);
    keys.end();
    return whole;
  }

  /** Where a fault is: a resource, a region, a deployment. */
  private static FaultMatch place(YamlMap keys) {
    return FaultMatch.ANY
        .withResource(text(keys, "resource"))
        .withRegion(text(keys, "region"))
        .withDeployment(text(keys, "deployment"));
  }

  private static Map<String, String> headers(YamlValue value) {
    Map<String, String> headers = new LinkedHashMap<>();
    value.map().entries().forEach((name, one) -> headers.put(name, one.text()));
    return headers;
  }

  static FaultAction what(YamlValue value) {
    if (!value.isMap()) {
      return valid(value, () -> FaultAction.parse(value.text()));
    }
    YamlMap keys = value.map();
    int status = keys.get("status").integer();
    String body = text(keys, "body");
    Map<String, String> headers = keys.find("headers").map(FaultYaml::headers).orElse(Map.of());
    keys.end();
    return valid(value, () -> new FaultAction.Status(status, body, headers));
  }

  private static FaultSchedule schedule(YamlValue value) {
    YamlMap keys = value.map();
    Long first = keys.find("first").map(YamlValue::longInteger).orElse(null);
    Integer every = keys.find("every").map(YamlValue::integer).orElse(null);
    Double probability = keys.find("probability").map(YamlValue::decimal).orElse(null);
    Duration from = time(keys, "from");
    Duration to = time(keys, "to");
    keys.end();
    return valid(value, () -> new FaultSchedule(first, every, probability, from, to));
  }

  /** One stretch of time, and all that goes wrong in it at one place. */
  private static List<FaultSpec> phase(YamlValue value) {
    YamlMap keys = value.map();
    FaultMatch place = place(keys);
    Duration from = time(keys, "from");
    Duration to = time(keys, "to");
    FaultSchedule when = valid(value, () -> new FaultSchedule(null, null, null, from, to));
    String name = keys.find("name").map(YamlValue::text).orElse("line " + value.line());
    List<YamlValue> all = keys.get("what").list();
    keys.end();
    List<FaultSpec> faults = new ArrayList<>();
    for (YamlValue one : all) {
      faults.add(
          valid(one, () -> inPhase(one, place, when).named(name + " " + (faults.size() + 1))));
    }
    return faults;
  }

  /** In words that may say where, or a status as a mapping. */
  private static FaultSpec inPhase(YamlValue value, FaultMatch place, FaultSchedule when) {
    return value.isMap()
        ? FaultSpec.of(null, place, null, what(value), when)
        : FaultSpec.parse(value.text(), place, when);
  }

  private static @Nullable Duration time(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::duration).orElse(null);
  }

  private static @Nullable String text(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::text).orElse(null);
  }

  private static <T> T valid(YamlValue value, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }
}
