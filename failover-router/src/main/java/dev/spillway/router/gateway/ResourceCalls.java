package dev.spillway.router.gateway;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.Inbound.Refusal;
import dev.spillway.router.plan.LazyModel;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.routing.Choice;
import dev.spillway.router.stored.ObjectIds;
import dev.spillway.router.stored.ObjectPath;
import dev.spillway.router.stored.StoredObjects;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Calls whose path names no deployment. The model in the body says where they go, or what they
 * concern does: a response, a file or a batch is asked of the backend that has it.
 *
 * <p>Where nobody remembers which has it, all are asked in turn until one knows it; that is done
 * for what changes nothing, and never by guessing for anything else.
 */
final class ResourceCalls {

  private final RouteTable routes;
  private final BodyReader bodies;
  private final StoredObjects stored;
  private final ModelList models;

  ResourceCalls(RouteTable routes, BodyReader bodies, StoredObjects stored) {
    this.routes = routes;
    this.bodies = bodies;
    this.stored = stored;
    this.models = new ModelList(routes);
  }

  Inbound read(Arrival arrival, AzureRoute route) throws IOException {
    if (ModelList.isAsked(arrival.request().method(), route)) {
      return models.answer(arrival.caller(), route);
    }
    return bodies.with(arrival.request(), body -> read(arrival, route, body));
  }

  private Inbound read(Arrival arrival, AzureRoute route, ReplayableBody body) throws IOException {
    Optional<String> id = ObjectPath.idIn(route.rest());
    if (id.isPresent()) {
      return concerning(id.get(), arrival, route, body);
    }
    if (!arrival.request().method().equals("POST")) {
      return inPool(routes.ofResource(), arrival, route, body, new Stay.Anywhere());
    }
    LazyModel model = arrival.model(body);
    String name = model.get().name();
    Optional<Route.ByModel> found = name == null ? Optional.empty() : routes.ofModel(name);
    if (name != null && found.isPresent()) {
      Route target = found.get();
      Optional<Refusal> refusal = arrival.lacksApiVersion(route, target.pools());
      return refusal.isPresent()
          ? refusal.get()
          : byModel(arrival, arrival.asked(name, target, route, body, model));
    }
    if (Operation.byPath(route.rest()).isPresent()) {
      return name == null ? Refusal.NO_MODEL : Refusal.NO_SUCH_DEPLOYMENT;
    }
    Optional<String> reference = reference(body);
    return reference.isPresent()
        ? concerning(reference.get(), arrival, route, body)
        : inPool(routes.ofResource(), arrival, route, body, new Stay.Anywhere());
  }

  /**
   * Sends what a model is asked. A response that goes on from another goes to the backend that has
   * it; one that does not have it says so and does nothing.
   */
  Inbound byModel(Arrival arrival, Asked asked) throws IOException {
    Optional<String> id =
        asked.route().rest().equals(Operation.RESPONSES.path())
            ? reference(asked.body())
            : Optional.empty();
    if (id.isEmpty()) {
      return arrival.call(asked, asked.choice(), new Stay.Anywhere());
    }
    Optional<Kept> kept = kept(id.get(), asked.target().pools());
    return kept.isEmpty()
        ? arrival.call(asked, asked.choice(), new Stay.Search(id.get()))
        : arrival.call(asked, new Choice(kept.get().pool(), null), kept.get().stay());
  }

  /** Where something is known to be. */
  private record Kept(Pool pool, Stay stay) {}

  private Optional<Kept> kept(String id, List<Pool> pools) {
    return stored
        .keeperOf(id)
        .flatMap(keeper ->
            pools.stream()
                .filter(pool -> pool.name().equals(keeper.pool()) && has(pool, keeper.backend()))
                .findFirst()
                .map(pool -> new Kept(pool, new Stay.With(id, keeper.backend()))));
  }

  private static boolean has(Pool pool, String backend) {
    return pool.backends().stream().map(Backend::name).anyMatch(backend::equals);
  }

  private static Optional<String> reference(ReplayableBody body) throws IOException {
    try (InputStream in = body.open()) {
      return ObjectIds.referredTo(in).stream().findFirst();
    }
  }

  private Inbound concerning(String id, Arrival arrival, AzureRoute route, ReplayableBody body)
      throws IOException {
    Optional<Kept> kept =
        kept(id, routes.all().stream().flatMap(each -> each.pools().stream()).distinct().toList());
    if (kept.isPresent()) {
      return inPool(Optional.of(kept.get().pool()), arrival, route, body, kept.get().stay());
    }
    Optional<Pool> pool = routes.ofResource();
    boolean harmless = arrival.request().method().equals("GET");
    boolean alone = pool.isPresent() && pool.get().backends().size() == 1;
    return pool.isEmpty() || harmless || alone
        ? inPool(pool, arrival, route, body, new Stay.Search(id))
        : Refusal.unknownObject(id);
  }

  /** Sends it to a pool by way of the first route there that its caller may use. */
  private Inbound inPool(
      Optional<Pool> pool, Arrival arrival, AzureRoute route, ReplayableBody body, Stay stay)
      throws IOException {
    if (pool.isEmpty()) {
      return Refusal.NO_POOL;
    }
    Optional<Refusal> refusal = arrival.lacksApiVersion(route, List.of(pool.get()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<Route> ways =
        routes.all().stream().filter(each -> each.pools().contains(pool.get())).toList();
    Route way =
        ways.stream()
            .filter(each -> arrival.caller().mayUse(each.name(), pool.get().name()))
            .findFirst()
            .orElse(ways.getFirst());
    return arrival.call(
        arrival.askedOfResource(way, route, body), new Choice(pool.get(), null), stay);
  }
}
