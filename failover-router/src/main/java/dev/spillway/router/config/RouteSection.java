package dev.spillway.router.config;

import dev.spillway.router.backend.Pool;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.routing.Destination;
import dev.spillway.wire.Operation;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code routes:}, each with a {@code path}, a {@code deployment}, a {@code model} or {@code
 * resource}.
 */
public final class RouteSection {

  private static final List<String> TAKEN = List.of("/openai/", "/router/", "/metrics/");
  private static final String OPERATIONS =
      Arrays.stream(Operation.values()).map(Operation::path).collect(Collectors.joining(", "));

  private RouteSection() {}

  /**
   * Reads the section.
   *
   * @param callers the names that a caller can have
   * @param limits what holds where a route says nothing else
   */
  public static List<Route> read(
      YamlValue section, Map<String, Pool> pools, Set<String> callers, Limits limits) {
    RuleSection rules = new RuleSection(pools, byThemselves(callers));
    List<Route> routes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlValue item : section.list()) {
      Route route = route(item, rules, limits);
      if (!seen.add(key(route))) {
        throw item.problem("gives a second pool to " + route);
      }
      routes.add(route);
    }
    if (routes.isEmpty()) {
      throw section.expected("a list with at least one route");
    }
    return List.copyOf(routes);
  }

  private static Map<String, String> byThemselves(Set<String> names) {
    return names.stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> name));
  }

  private static String key(Route route) {
    return switch (route) {
      case Route.ByPath byPath -> "path " + byPath.path();
      case Route.ByDeployment byDeployment -> "deployment " + byDeployment.deployment();
      case Route.ByModel byModel -> "model " + byModel.model();
      case Route.ByResource byResource -> "resource";
    };
  }

  private static Route route(YamlValue item, RuleSection rules, Limits limits) {
    YamlMap keys = item.map();
    Destination to = rules.read(item, keys);
    Terms terms = TermsKeys.read(keys, limits).with(to.fallbacks().detours());
    Route route = target(item, keys, to, terms);
    keys.end();
    return route;
  }

  private static Route target(YamlValue item, YamlMap keys, Destination to, Terms terms) {
    var path = keys.find("path");
    var deployment = keys.find("deployment");
    var model = keys.find("model");
    var resource = keys.find("resource");
    if (Stream.of(path, deployment, model, resource).filter(Optional::isPresent).count() != 1) {
      throw item.problem("must have one of path, deployment, model and resource");
    }
    if (resource.isPresent()) {
      if (!resource.get().flag()) {
        throw resource.get().expected("true");
      }
      if (!to.rules().isEmpty()) {
        throw item.problem("has no rules: what it is for says nothing that they could look at");
      }
      return new Route.ByResource(to, terms);
    }
    if (deployment.isPresent()) {
      return new Route.ByDeployment(deployment.get().text(), to, terms);
    }
    if (model.isPresent()) {
      return new Route.ByModel(model.get().text(), to, terms);
    }
    return new Route.ByPath(path(path.get()), operation(keys.get("operation")), to, terms);
  }

  private static String path(YamlValue value) {
    String path = value.text();
    if (!path.startsWith("/") || path.contains("?")) {
      throw value.expected("a path that starts with '/' and has no query");
    }
    if (TAKEN.stream().anyMatch((path + "/")::startsWith)) {
      throw value.problem("may not lie below /openai, /router or /metrics");
    }
    return path;
  }

  static Operation operation(YamlValue value) {
    return Operation.byPath(value.text()).orElseThrow(() -> value.expected("one of " + OPERATIONS));
  }
}
