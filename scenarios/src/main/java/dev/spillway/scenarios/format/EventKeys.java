package dev.spillway.scenarios.format;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultPlace;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code deployments} and {@code timeline}: what happens to the emulator. */
final class EventKeys {

  private final Map<String, DeploymentRef> deployments;

  /** Reads events of these deployments, by how they are written. */
  EventKeys(Map<String, DeploymentRef> deployments) {
    this.deployments = deployments;
  }

  List<Event> read(YamlMap root) {
    List<Event> events = new ArrayList<>();
    root.find("deployments")
        .ifPresent(section ->
            section.map().entries().forEach((name, patch) -> events.add(atFirst(name, patch))));
    root.find("timeline").map(YamlValue::list).orElse(List.of()).stream()
        .map(this::event)
        .forEach(events::add);
    checkNames(root, events);
    return events.stream().sorted(Comparator.comparing(Event::from)).toList();
  }

  private Event atFirst(String name, YamlValue patch) {
    DeploymentRef deployment = deployments.get(name);
    if (deployment == null) {
      throw patch.problem(
          "names no deployment; there is " + String.join(", ", deployments.keySet()));
    }
    return change(Duration.ZERO, deployment, patch);
  }

  private static Event change(Duration at, DeploymentRef deployment, YamlValue patch) {
    String words =
        patch.map().entries().entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue().plain())
            .collect(Collectors.joining(", ", deployment + ": ", ""));
    return new Event.Change(at, deployment, ControlYaml.read(patch, DeploymentPatch.class), words);
  }

  private Event event(YamlValue value) {
    YamlMap keys = value.map();
    Optional<YamlValue> at = keys.find("at");
    Optional<YamlValue> from = keys.find("from");
    if (at.isPresent() && from.isPresent()) {
      throw value.problem("has both 'at' and 'from', which are the same");
    }
    Duration begins = at.or(() -> from).map(YamlValue::duration).orElse(Duration.ZERO);
    Duration ends = keys.find("to").map(YamlValue::duration).orElse(null);
    if (ends != null && ends.compareTo(begins) <= 0) {
      throw keys.get("to").expected("later than it begins");
    }
    Optional<YamlValue> fault = keys.find("fault");
    Event event =
        fault.isPresent()
            ? fault(value, keys, fault.get(), begins, ends)
            : ofADeployment(value, keys, begins, ends);
    keys.end();
    return event;
  }

  private Event ofADeployment(
      YamlValue value, YamlMap keys, Duration begins, @Nullable Duration ends) {
    Optional<YamlValue> named = keys.find("deployment");
    DeploymentRef deployment =
        named.orElseGet(() -> keys.get("fault")).lookUp("deployment", deployments);
    Optional<YamlValue> set = keys.find("set");
    Optional<YamlValue> reduced = keys.find("reduce-to");
    boolean deleted = keys.find("delete").map(YamlValue::flag).orElse(false);
    keys.end();
    if ((set.isPresent() ? 1 : 0) + (reduced.isPresent() ? 1 : 0) + (deleted ? 1 : 0) != 1) {
      throw value.problem("needs one of 'set', 'reduce-to' and 'delete'");
    }
    if (reduced.isPresent() != (ends != null)) {
      throw value.problem("has 'to' with 'reduce-to', and else not: a change stays");
    }
    if (ends != null) {
      int percent = reduced.orElseThrow().parse("1% to 99%", EventKeys::percent);
      return new Event.Reduction(begins, deployment, percent, ends.minus(begins));
    }
    return set.map(patch -> change(begins, deployment, patch))
        .orElseGet(() -> new Event.Removal(begins, deployment));
  }

  private static int percent(String text) {
    int percent = Integer.parseInt(text.replace("%", ""));
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException(text);
    }
    return percent;
  }

  private static Event fault(
      YamlValue value, YamlMap keys, YamlValue what, Duration begins, @Nullable Duration ends) {
    FaultMatch match =
        keys.find("match")
            .map(one -> ControlYaml.read(one, FaultMatch.class))
            .orElse(FaultMatch.ANY);
    FaultSchedule when =
        ControlYaml.valid(
            value,
            () ->
                new FaultSchedule(
                    keys.find("first").map(YamlValue::longInteger).orElse(null),
                    keys.find("every").map(YamlValue::integer).orElse(null),
                    keys.find("probability").map(YamlValue::decimal).orElse(null),
                    null,
                    ends == null ? null : ends.minus(begins)));
    Optional<YamlValue> place = keys.find("place");
    FaultPlace at =
        place.map(one -> ControlYaml.valid(one, () -> FaultPlace.parse(one.text()))).orElse(null);
    FaultSpec read = ControlYaml.valid(value, () -> spec(what, match, at, when));
    String name = keys.find("name").map(YamlValue::text).orElse("line " + value.line());
    return new Event.Fault(begins, ends, ControlYaml.valid(value, () -> read.named(name)));
  }

  /** In words that may say where, or a status as a mapping. */
  private static FaultSpec spec(
      YamlValue what, FaultMatch match, @Nullable FaultPlace at, FaultSchedule when) {
    if (!what.isMap()) {
      FaultSpec spec = FaultSpec.parse(what.text(), match, when);
      return at == null ? spec : spec.at(at);
    }
    FaultAction action = ControlYaml.fromJson(what, FaultAction.class);
    return FaultSpec.of(null, match, at, action, when);
  }

  /** Two faults of one name would be one. */
  private static void checkNames(YamlMap root, List<Event> events) {
    List<String> names =
        events.stream()
            .filter(Event.Fault.class::isInstance)
            .map(event -> ((Event.Fault) event).fault().name())
            .toList();
    names.stream()
        .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
        .findFirst()
        .ifPresent(name -> {
          throw root.get("timeline").problem("has two faults of the name '" + name + "'");
        });
  }
}
