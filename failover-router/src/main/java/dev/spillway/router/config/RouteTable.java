package dev.spillway.router.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a call; {@code *} is the one of what no other has. */
public final class RouteTable {

  private static final String ANY = "*";

  private final Map<String, Route.ByPath> byPath = new HashMap<>();
  private final Map<String, Route.ByDeployment> byDeployment = new HashMap<>();
  private final Map<String, Route.ByModel> byModel = new HashMap<>();

  public RouteTable(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    switch (route) {
      case Route.ByPath it -> byPath.put(it.path(), it);
      case Route.ByDeployment it -> byDeployment.put(it.deployment(), it);
      case Route.ByModel it -> byModel.put(it.model(), it);
    }
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
