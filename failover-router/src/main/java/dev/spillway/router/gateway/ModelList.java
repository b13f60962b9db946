package dev.spillway.router.gateway;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.wire.AzureRoute;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code models} shows: the names that the caller may use, since those of the backends are no
 * concern of its. On v1 these are models, on dated routes deployments.
 */
final class ModelList {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MODELS = "models";

  /** Whoever asks whether and how something may be read is no backend's concern either. */
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final RouteTable routes;

  ModelList(RouteTable routes) {
    this.routes = routes;
  }

  static boolean isAsked(String method, AzureRoute route) {
    return READING.contains(method)
        && (route.rest().equals(MODELS) || route.rest().startsWith(MODELS + "/"));
  }

  /**
   * The list, or one of its members. A route of what no other has is no name in the list, and has
   * every name that is asked for.
   */
  Inbound answer(Caller caller, AzureRoute route) {
    List<String> names =
        routes.all().stream()
            .filter(each -> mayUse(caller, each))
            .flatMap(each -> named(each, route).stream())
            .toList();
    if (route.rest().equals(MODELS)) {
      return new Inbound.Own(list(names));
    }
    String wanted = route.rest().substring(MODELS.length() + 1);
    return names.contains(wanted) || names.contains(RouteTable.ANY)
        ? new Inbound.Own(MAPPER.writeValueAsString(model(wanted)))
        : Inbound.Refusal.NO_SUCH_RESOURCE;
  }

  private static boolean mayUse(Caller caller, Route route) {
    return route.pools().stream().anyMatch(pool -> caller.mayUse(route.name(), pool.name()));
  }

  private static Optional<String> named(Route each, AzureRoute asked) {
    boolean models = asked instanceof AzureRoute.V1;
    return switch (each) {
      case Route.ByModel it -> models ? Optional.of(it.model()) : Optional.empty();
      case Route.ByDeployment it -> models ? Optional.empty() : Optional.of(it.deployment());
      case Route.ByPath it -> Optional.empty();
      case Route.ByResource it -> Optional.empty();
    };
  }

  private static String list(List<String> names) {
    ObjectNode document = JSON.objectNode();
    ArrayNode data = document.put("object", "list").putArray("data");
    names.stream()
        .filter(name -> !name.equals(RouteTable.ANY))
        .forEach(name -> data.add(model(name)));
    return MAPPER.writeValueAsString(document);
  }

  private static ObjectNode model(String name) {
    return JSON.objectNode()
        .put("id", name)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "spillway");
  }
}
