package dev.spillway.router.gateway;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.Inbound.Refusal;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.stored.StoredObjects;
import dev.spillway.wire.AzureRoute;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns a request into a call: whose it is, where it goes, what it carries, whether its caller may
 * go there, checked in this order.
 */
final class CallReader {

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyz-/.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_?=&";

  private final CallerKeys keys;
  private final RouteTable routes;
  private final BodyReader bodies;
  private final ResourceCalls ofResource;

  CallReader(CallerKeys keys, RouteTable routes, BodyLimits limits, StoredObjects stored) {
    this.keys = keys;
    this.routes = routes;
    this.bodies = new BodyReader(limits);
    this.ofResource = new ResourceCalls(routes, bodies, stored);
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
      case AzureRoute.V1 it -> ofResource.read(arrival, it);
      case AzureRoute.Resource it -> ofResource.read(arrival, it);
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
    Optional<Refusal> refusal = arrival.lacksApiVersion(route, target.pools());
    return refusal.isPresent()
        ? refusal.get()
        : bodies.with(
            arrival.request(),
            body ->
                ofResource.byModel(
                    arrival, arrival.asked(name, target, route, body, arrival.model(body))));
  }
}
