package dev.spillway.router.gateway;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.AzurePath;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.body.BodyStore;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.Inbound.Call;
import dev.spillway.router.gateway.Inbound.Refusal;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.LazyModel;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.routing.Choice;
import dev.spillway.router.routing.Inquiry;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a request into a call: whose it is, where it goes, what it carries, whether its caller may
 * go there, checked in this order.
 */
final class CallReader {

  private static final Logger LOG = LoggerFactory.getLogger(CallReader.class);
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyz-/.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_?=&";

  private final CallerKeys keys;
  private final RouteTable routes;
  private final BodyReader bodies;

  CallReader(CallerKeys keys, RouteTable routes, BodyLimits limits) {
    this.keys = keys;
    this.routes = routes;
    this.bodies = new BodyReader(limits);
  }

  /**
   * Reads a request to its end.
   *
   * @param identity what it is called
   * @throws IOException when the caller breaks off
   */
  Inbound read(Incoming request, Identity identity) throws IOException {
    Optional<Caller> caller = keys.callerOf(request::header);
    if (caller.isEmpty()) {
      return Refusal.WRONG_KEY;
    }
    String path = request.path();
    Query query;
    try {
      query = Query.parse(request.query());
      checkAddress(query.rest() == null ? path : path + "?" + query.rest());
    } catch (IllegalArgumentException e) {
      return Refusal.BAD_ADDRESS;
    }
    return climbs(path)
        ? Refusal.NO_SUCH_RESOURCE
        : route(new Arrival(request, identity, caller.get(), query), path);
  }

  /** Most addresses have plain characters only and need not be parsed. */
  private static void checkAddress(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (PLAIN.indexOf(address.charAt(i)) < 0) {
        URI unused = URI.create(address);
        return;
      }
    }
  }

  /** A path that leaves its deployment would reach others with the backend's key. */
  private static boolean climbs(String path) {
    return path.contains("..")
        || path.contains("/./")
        || path.toLowerCase(Locale.ROOT).contains("%2e");
  }

  private Inbound route(Arrival arrival, String path) throws IOException {
    Optional<Route.ByPath> own = routes.ofPath(path);
    if (own.isPresent()) {
      AzureRoute dated = new AzureRoute.Dated(path, own.get().operation().path());
      return dated(arrival, path, own.get(), dated);
    }
    Optional<AzureRoute> azure = AzureRoute.parse(path);
    if (azure.isEmpty()) {
      return Refusal.NO_SUCH_RESOURCE;
    }
    return switch (azure.get()) {
      case AzureRoute.Dated it -> byDeployment(arrival, it);
      case AzureRoute.V1 it -> byModel(arrival, it);
      case AzureRoute.Resource it -> Refusal.NO_SUCH_RESOURCE;
    };
  }

  private Inbound byDeployment(Arrival arrival, AzureRoute.Dated route) throws IOException {
    Optional<Route.ByDeployment> found = routes.ofDeployment(route.deployment());
    return found.isEmpty()
        ? Refusal.NO_SUCH_DEPLOYMENT
        : dated(arrival, route.deployment(), found.get(), route);
  }

  private Inbound dated(Arrival arrival, String name, Route target, AzureRoute route)
      throws IOException {
    if (arrival.query.apiVersion() == null) {
      Optional<Backend> without = withoutApiVersion(target);
      if (without.isPresent()) {
        return Refusal.noApiVersion(without.get().name());
      }
    }
    return withBody(arrival, body -> arrival.call(name, target, route, body, arrival.model(body)));
  }

  private static boolean asksForDate(Backend backend) {
    return switch (backend.api()) {
      case Api.Azure azure -> azure.path() == AzurePath.CALLERS && azure.apiVersion() == null;
      case Api.OpenAi openAi -> false;
    };
  }

  private static Optional<Backend> withoutApiVersion(Route target) {
    return target.pools().stream()
        .flatMap(pool -> pool.backends().stream())
        .filter(CallReader::asksForDate)
        .findFirst();
  }

  private Inbound byModel(Arrival arrival, AzureRoute.V1 route) throws IOException {
    if (!arrival.request.method().equals("POST")) {
      return Refusal.NO_SUCH_RESOURCE;
    }
    return withBody(arrival, body -> byModel(arrival, route, body));
  }

  private Inbound byModel(Arrival arrival, AzureRoute.V1 route, ReplayableBody body)
      throws IOException {
    LazyModel model = arrival.model(body);
    String name = model.get().name();
    if (name == null) {
      return Refusal.NO_MODEL;
    }
    Optional<Route.ByModel> found = routes.ofModel(name);
    return found.isEmpty()
        ? Refusal.NO_SUCH_DEPLOYMENT
        : arrival.call(name, found.get(), route, body, model);
  }

  /** Reads the body; one that becomes part of no call is closed at once. */
  private Inbound withBody(Arrival arrival, BodyUse use) throws IOException {
    return switch (bodies.read(arrival.request)) {
      case BodyStore.Kept.TooLong tooLong -> Refusal.tooLarge(bodies.longest());
      case BodyStore.Kept.NoRoom noRoom -> {
        LOG.error("a request's body cannot be kept in a temporary file", noRoom.why());
        yield Refusal.NO_ROOM;
      }
      case BodyStore.Kept.Whole whole -> used(whole.body(), use);
    };
  }

  private static Inbound used(ReplayableBody body, BodyUse use) throws IOException {
    Inbound inbound = Refusal.NO_MODEL;
    try {
      inbound = use.apply(body);
      return inbound;
    } finally {
      if (!(inbound instanceof Call)) {
        body.close();
      }
    }
  }

  /** What is made of a body. */
  private interface BodyUse {
    Inbound apply(ReplayableBody body) throws IOException;
  }

  /** A request that is somebody's. */
  private record Arrival(Incoming request, Identity identity, Caller caller, Query query) {

    LazyModel model(ReplayableBody body) {
      return new LazyModel(body, request.header("Content-Type"));
    }

    Inbound call(String name, Route target, AzureRoute route, ReplayableBody body, LazyModel model)
        throws IOException {
      Optional<Operation> operation = Operation.byPath(route.rest());
      LazyFacts facts = new LazyFacts(operation, body::open);
      Choice choice =
          target
              .to()
              .choose(
                  new Inquiry(
                      caller, asked(target, name, model), operation, request::header, facts));
      Pool pool = choice.pool();
      if (!caller.mayUse(target.name(), pool.name())) {
        return Refusal.notAllowed(caller.name(), target.name());
      }
      return new Call(
          new CallPlan(
              identity,
              caller,
              request.method(),
              name,
              pool.name(),
              choice.why(),
              route,
              query.rest(),
              query.apiVersion(),
              CallerHeaders.passedOn(request.headers()),
              body,
              facts,
              AffinityKey.of(pool.affinity(), request::header, body),
              CallerDeadline.of(request::header).orElse(null),
              allowed(target),
              model));
    }

    /** The route's terms, without detours to where the caller may not go. */
    private Terms allowed(Route target) {
      Terms terms = target.terms();
      return caller.routes().isEmpty()
          ? terms
          : terms.with(terms.detours().where(pool -> caller.mayUse(target.name(), pool)));
    }

    /** A path of the user's own names no model, but the body may. */
    private static @Nullable String asked(Route target, String name, LazyModel model) {
      return switch (target) {
        case Route.ByPath byPath -> byPath.to().rules().isEmpty() ? null : model.get().name();
        case Route.ByDeployment byDeployment -> name;
        case Route.ByModel byModel -> name;
      };
    }
  }
}
