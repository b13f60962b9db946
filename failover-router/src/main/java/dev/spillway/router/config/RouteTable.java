package dev.spillway.router.config;

import dev.spillway.router.backend.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a call; {@code *} is the one of what no other has. */
public final class RouteTable {

  /** The deployment or model of a route that takes what no other route has. */
  public static final String ANY = "*";

  private final Map<String, Route.ByPath> byPath = new HashMap<>();
  private final Map<String, Route.ByDeployment> byDeployment = new HashMap<>();
  private final Map<String, Route.ByModel> byModel = new HashMap<>();
  private final List<Route> all;

  public RouteTable(List<Route> routes) {
    this.all = List.copyOf(routes);
    routes.forEach(this::add);
  }

  private void add(Route route) {
    switch (route) {
      case Route.ByPath it -> byPath.put(it.path(), it);
      case Route.ByDeployment it -> byDeployment.put(it.deployment(), it);
      case Route.ByModel it -> byModel.put(it.model(), it);
      case Route.ByResource it -> {}
    }
  }

  /** In the configuration's order. */
  public List<Route> all() {
    return all;
  }

  /**
   * The pool of what names neither a deployment nor a model: the one that is meant for it, or the
   * only one.
   */
  public Optional<Pool> ofResource() {
    List<Route> meant = all.stream().filter(Route.ByResource.class::isInstance).toList();
    List<Pool> pools =
        (meant.isEmpty() ? all : meant)
            .stream().map(Route::pools).flatMap(List::stream).distinct().limit(2).toList();
    return pools.size() == 1 ? Optional.of(pools.getFirst()) : Optional.empty();
  }

  public Optional<Route.ByPath> ofPath(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  public Optional<Route.ByDeployment> ofDeployment(String deployment) {
    return Optional.ofNullable(byDeployment.getOrDefault(deployment, byDeployment.get(ANY)));
  }

  public Optional<Route.ByModel> ofModel(String model) {
    return Optional.ofNullable(byModel.getOrDefault(model, byModel.get(ANY)));
  }
}
