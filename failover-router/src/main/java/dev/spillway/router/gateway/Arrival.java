package dev.spillway.router.gateway;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.AzurePath;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.config.Route;
import dev.spillway.router.gateway.Inbound.Call;
import dev.spillway.router.gateway.Inbound.Refusal;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.LazyModel;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.routing.Choice;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request that is somebody's. */
record Arrival(Incoming request, Identity identity, Caller caller, Query query) {

  LazyModel model(ReplayableBody body) {
    return new LazyModel(body, request.header("Content-Type"));
  }

  /** Says what a backend of the pools needs that is asked on a dated route. */
  Optional<Refusal> lacksApiVersion(AzureRoute route, List<Pool> pools) {
    if (route instanceof AzureRoute.V1 || query.apiVersion() != null) {
      return Optional.empty();
    }
    return pools.stream()
        .flatMap(pool -> pool.backends().stream())
        .filter(Arrival::asksForDate)
        .findFirst()
        .map(backend -> Refusal.noApiVersion(backend.name()));
  }

  private static boolean asksForDate(Backend backend) {
    return switch (backend.api()) {
      case Api.Azure azure -> azure.path() == AzurePath.CALLERS && azure.apiVersion() == null;
      case Api.OpenAi openAi -> false;
    };
  }

  /** What it asks for by a route whose backends have models of their own. */
  Asked asked(String name, Route target, AzureRoute route, ReplayableBody body, LazyModel model) {
    return new Asked(request, caller, name, target, route, body, facts(route, body), model);
  }

  /** What it asks for by the route of what names no model. */
  Asked askedOfResource(Route target, AzureRoute route, ReplayableBody body) {
    LazyFacts facts = facts(route, body);
    return new Asked(request, caller, route.rest(), target, route, body, facts, null);
  }

  private static LazyFacts facts(AzureRoute route, ReplayableBody body) {
    return new LazyFacts(Operation.byPath(route.rest()), body::open);
  }

  /** The call that it is, unless its caller may not go there. */
  Inbound call(Asked asked, Choice choice, Stay stay) throws IOException {
    Route target = asked.target();
    Pool pool = choice.pool();
    if (!caller.mayUse(target.name(), pool.name())) {
      return Refusal.notAllowed(caller.name(), target.name());
    }
    return new Call(
        new CallPlan(
            identity,
            caller,
            request.method(),
            asked.name(),
            pool.name(),
            choice.why(),
            asked.route(),
            query.rest(),
            query.apiVersion(),
            CallerHeaders.passedOn(request.headers()),
            asked.body(),
            asked.facts(),
            AffinityKey.of(pool.affinity(), request::header, asked.body()),
            CallerDeadline.of(request::header).orElse(null),
            allowed(target),
            asked.model(),
            stay));
  }

  /** The route's terms, without detours to where the caller may not go. */
  private Terms allowed(Route target) {
    Terms terms = target.terms();
    return caller.routes().isEmpty()
        ? terms
        : terms.with(terms.detours().where(pool -> caller.mayUse(target.name(), pool)));
  }
}
