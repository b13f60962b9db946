package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.dataplane.ResourceFinder.Target;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.inference.Call;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/** Takes requests in: which resource they are for, by whom they come, what their ids are. */
final class Arrivals {

  private final Resources resources;
  private final ResourceFinder finder;
  private final Callers callers;
  private final CallSeeds seeds;
  private final Misfortunes misfortunes;
  private final TimeSource time;
  private final int maxRequestBytes;
  private final boolean keepsBodies;
  private final BiFunction<Context, String, String> cleaned;

  /**
   * @param cleaned a body as the journal may keep it
   */
  Arrivals(
      Resources resources,
      Entra entra,
      CallSeeds seeds,
      Misfortunes misfortunes,
      TimeSource time,
      int maxRequestBytes,
      boolean keepsBodies,
      BiFunction<Context, String, String> cleaned) {
    this.resources = resources;
    this.finder = new ResourceFinder(resources);
    this.callers = new Callers(entra);
    this.seeds = seeds;
    this.misfortunes = misfortunes;
    this.time = time;
    this.maxRequestBytes = maxRequestBytes;
    this.keepsBodies = keepsBodies;
    this.cleaned = cleaned;
  }

  Arrival of(Context ctx) throws IOException {
    Instant arrived = time.instant();
    byte[] body = read(ctx.req());
    String path = ctx.req().getRequestURI();
    Optional<Target> target = finder.find(door(ctx), ctx.req().getServerName(), path);
    return target
        .map(found -> known(ctx, found, body, arrived))
        .orElseGet(() -> unknown(ctx, path, body, arrived));
  }

  private Arrival known(Context ctx, Target target, byte[] body, Instant arrived) {
    Resource resource = target.resource();
    Optional<AzureRoute> route = AzureRoute.parse(target.path());
    Knock knock = callers.check(ctx, resource, target.path());
    // the first resource's answers are the same by whatever way it is reached
    CallSeed seed = seeds.next(resources.prefixOf(resource.name()) + target.path(), body);
    Exchange exchange = exchange(ctx, resource, seed, operation(route), arrived);
    return new Arrival(
        ctx,
        knock,
        route,
        body,
        exchange,
        origin(ctx, resource, knock.caller(), route, exchange, body));
  }

  private Arrival unknown(Context ctx, String path, byte[] body, Instant arrived) {
    Optional<AzureRoute> route = AzureRoute.parse(path);
    Exchange exchange =
        exchange(ctx, resources.first(), seeds.next(path, body), operation(route), arrived);
    return new Arrival(
        ctx,
        new Knock.NoResource(),
        route,
        body,
        exchange,
        origin(ctx, null, null, route, exchange, body));
  }

  private Call.Origin origin(
      Context ctx,
      @Nullable Resource resource,
      @Nullable String caller,
      Optional<AzureRoute> route,
      Exchange exchange,
      byte[] body) {
    return new Call.Origin(
        exchange.seed(),
        exchange.requestId(),
        clientRequestId(ctx),
        resource == null ? null : resource.name(),
        caller,
        ctx.req().getMethod(),
        ctx.path(),
        operation(route),
        ctx.queryParam("api-version"),
        keepsBodies ? cleaned.apply(ctx, new String(body, StandardCharsets.UTF_8)) : null,
        misfortunes.of(ctx, resource, caller, operation(route), body, exchange.seed()));
  }

  private static @Nullable String clientRequestId(Context ctx) {
    String azures = ctx.header(HeaderNames.CLIENT_REQUEST_ID);
    return azures != null ? azures : ctx.header(HeaderNames.X_REQUEST_ID);
  }

  private static @Nullable Operation operation(Optional<AzureRoute> route) {
    return route.flatMap(Arrivals::operation).orElse(null);
  }

  /** What is asked of a response that is kept belongs to the operation that makes them. */
  private static Optional<Operation> operation(AzureRoute route) {
    return route.rest().startsWith(Operation.RESPONSES.path() + "/")
        ? Optional.of(Operation.RESPONSES)
        : Operation.byPath(route.rest());
  }

  private static Exchange exchange(
      Context ctx,
      Resource resource,
      CallSeed seed,
      @Nullable Operation operation,
      Instant arrived) {
    return new Exchange(
        resource,
        seed,
        seed.guid(HeaderNames.APIM_REQUEST_ID),
        ctx.header(HeaderNames.CLIENT_REQUEST_ID),
        operation == null ? Operation.CHAT_COMPLETIONS : operation,
        ApiVersion.parse(ctx.queryParam("api-version")).filter(ApiVersion::isDated).orElse(null),
        arrived,
        arrived);
  }

  /** The body, or its first bytes when it is too large. */
  private byte[] read(HttpServletRequest request) throws IOException {
    int length = request.getContentLength();
    InputStream in = request.getInputStream();
    if (length < 0 || length > maxRequestBytes) {
      return in.readNBytes(maxRequestBytes + 1);
    }
    byte[] body = new byte[length];
    int read = in.readNBytes(body, 0, length);
    return read == length ? body : Arrays.copyOf(body, read);
  }

  /** The resource whose own port the request came to. */
  private static @Nullable String door(Context ctx) {
    Connector connector =
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getConnector();
    return connector.getName();
  }
}
