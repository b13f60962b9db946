package dev.spillway.router.gateway;

import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.yaml.ListenAddress;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: which path goes where. */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int HEADER_BYTES = 64 * 1024;
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE,
          HandlerType.HEAD,
          HandlerType.OPTIONS);

  private final AdminApi admin;
  private final CallerWatch callers;
  private final DataPlane dataPlane;
  private final Javalin server;

  /**
   * A gateway that does not listen yet.
   *
   * @param current what serves the calls that come now
   */
  public Gateway(Supplier<Serving> current, AdminApi admin) {
    this.admin = admin;
    this.callers = new CallerWatch();
    this.dataPlane = new DataPlane(current, callers);
    this.server = Javalin.create(this::configure);
  }

  /** Listens, and returns the port. */
  public int start(ListenAddress listen) {
    callers.start();
    return server.start(listen.host(), listen.port()).port();
  }

  @Override
  public void close() {
    server.stop();
    callers.close();
  }

  private void configure(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyHttpConfiguration(Gateway::configure);
    config.jetty.modifyServer(server -> server.setErrorHandler(new JsonErrorHandler()));
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JsonErrorHandler()));
    routes(config.routes);
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
  }

  private void routes(RoutesConfig routes) {
    routes.get("/metrics", asAdmin(admin::metrics));
    routes.get("/router/health", admin::health);
    routes.get("/router/traces", asAdmin(admin::traces));
    routes.get("/router/ledger", asAdmin(admin::ledger));
    routes.get("/router/traces/{id}", asAdmin(admin::trace));
    routes.get("/router/backends", asAdmin(admin::backends));
    routes.post("/router/backends/{name}/reset", asAdmin(admin::reset));
    METHODS.forEach(method -> routes.addHttpHandler(method, "/*", dataPlane));
    routes.exception(HttpResponseException.class, (e, ctx) -> unserved(ctx));
    routes.exception(Exception.class, Gateway::unexpected);
  }

  private Handler asAdmin(Handler handler) {
    return ctx -> {
      if (admin.admits(ctx)) {
        handler.handle(ctx);
      } else {
        ReplyWriter.refuse(Inbound.Refusal.WRONG_KEY, ctx.res());
      }
    };
  }

  /** A method that no route has. */
  private static void unserved(Context ctx) {
    ctx.status(Inbound.Refusal.NO_SUCH_RESOURCE.status()).contentType("application/json");
    ctx.header(RouterHeaders.ORIGIN, "router").result(Inbound.Refusal.NO_SUCH_RESOURCE.json());
  }

  private static void unexpected(Exception e, Context ctx) {
    LOG.error("a request failed inside the router", e);
    if (!ctx.res().isCommitted()) {
      ctx.res().reset();
      ctx.status(500).contentType("application/json");
      ctx.header(RouterHeaders.ORIGIN, "router");
      ctx.result(new ErrorEnvelope("500", "The router failed.").toJson());
    }
  }
}
