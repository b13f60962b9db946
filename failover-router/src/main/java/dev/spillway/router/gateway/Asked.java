package dev.spillway.router.gateway;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.config.Route;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.LazyModel;
import dev.spillway.router.routing.Choice;
import dev.spillway.router.routing.Inquiry;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, before it is clear who serves it.
 *
 * @param name the deployment, model or path that the caller named
 * @param target the route that it comes by
 * @param route the shape of the path
 * @param model null where no backend's own model takes the place of one in the body
 */
record Asked(
    Incoming request,
    Caller caller,
    String name,
    Route target,
    AzureRoute route,
    ReplayableBody body,
    LazyFacts facts,
    @Nullable LazyModel model) {

  /** The pool that the route has for it. */
  Choice choice() {
    Optional<Operation> operation = Operation.byPath(route.rest());
    return target.to().choose(new Inquiry(caller, namedModel(), operation, request::header, facts));
  }

  /** A path of the user's own names no model, but the body may. */
  private @Nullable String namedModel() {
    return switch (target) {
      case Route.ByPath byPath ->
          byPath.to().rules().isEmpty() || model == null ? null : model.get().name();
      case Route.ByDeployment byDeployment -> name;
      case Route.ByModel byModel -> name;
      case Route.ByResource byResource -> null;
    };
  }
}
