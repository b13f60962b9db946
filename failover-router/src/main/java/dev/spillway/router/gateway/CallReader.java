package dev.spillway.router.gateway;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.Inbound.Call;
import dev.spillway.router.gateway.Inbound.Refusal;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.ModelField;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP request into a call: whose it is, where it goes, what it carries, whether its
 * caller may go there, checked in this order.
 */
final class CallReader {

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyz-/.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_?=&";

  private final CallerKeys keys;
  private final RouteTable routes;
  private final RequestBody bodies;

  CallReader(CallerKeys keys, RouteTable routes, int maxRequestBytes) {
    this.keys = keys;
    this.routes = routes;
    this.bodies = new RequestBody(maxRequestBytes);
  }

  /**
   * Reads a request to its end.
   *
   * @throws IOException when the caller breaks off
   */
  Inbound read(HttpServletRequest request) throws IOException {
    Optional<Caller> caller = keys.callerOf(request::getHeader);
    if (caller.isEmpty()) {
      return Refusal.WRONG_KEY;
    }
    String path = request.getRequestURI();
    Query query;
    try {
      query = Query.parse(request.getQueryString());
      checkAddress(query.rest() == null ? path : path + "?" + query.rest());
    } catch (IllegalArgumentException e) {
      return Refusal.BAD_ADDRESS;
    }
    return climbs(path)
        ? Refusal.NO_SUCH_RESOURCE
        : route(new Arrival(request, caller.get(), query), path);
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
      for (Backend backend : target.pool().backends()) {
        if (backend.apiVersion() == null) {
          return Refusal.noApiVersion(backend.name());
        }
      }
    }
    Optional<byte[]> body = bodies.read(arrival.request);
    return body.isEmpty()
        ? Refusal.tooLarge(bodies.maxBytes())
        : arrival.call(name, target, route, body.get(), null);
  }

  private Inbound byModel(Arrival arrival, AzureRoute.V1 route) throws IOException {
    if (!arrival.request.getMethod().equals("POST")) {
      return Refusal.NO_SUCH_RESOURCE;
    }
    Optional<byte[]> body = bodies.read(arrival.request);
    if (body.isEmpty()) {
      return Refusal.tooLarge(bodies.maxBytes());
    }
    Optional<ModelField> model = ModelField.find(body.get());
    if (model.isEmpty()) {
      return Refusal.NO_MODEL;
    }
    Optional<Route.ByModel> found = routes.ofModel(model.get().name());
    return found.isEmpty()
        ? Refusal.NO_SUCH_DEPLOYMENT
        : arrival.call(model.get().name(), found.get(), route, body.get(), model.get());
  }

  /** A request that is somebody's. */
  private record Arrival(HttpServletRequest request, Caller caller, Query query) {

    Inbound call(
        String name, Route target, AzureRoute route, byte[] body, @Nullable ModelField model) {
      if (!caller.mayUse(target.name(), target.pool().name())) {
        return Refusal.notAllowed(caller.name(), target.name());
      }
      return new Call(
          new CallPlan(
              caller,
              request.getMethod(),
              name,
              target.pool().name(),
              route,
              query.rest(),
              query.apiVersion(),
              CallerHeaders.passedOn(
                  ServletContextRequest.getServletContextRequest(request).getHeaders()),
              body,
              new LazyFacts(Operation.byPath(route.rest()), () -> new ByteArrayInputStream(body)),
              AffinityKey.of(target.pool().affinity(), request::getHeader, body),
              CallerDeadline.of(request::getHeader).orElse(null),
              target.terms(),
              model));
    }
  }
}
