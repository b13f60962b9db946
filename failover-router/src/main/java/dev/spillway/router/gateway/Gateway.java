package dev.spillway.router.gateway;

import dev.spillway.router.config.Drain;
import dev.spillway.router.link.Certified;
import dev.spillway.router.trace.RequestId;
import dev.spillway.time.TimeSource;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnector;
import org.jspecify.annotations.Nullable;
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

  private final Entrance entrance;
  private final AdminApi admin;
  private final Callers callers;
  private final UnderWay underWay = new UnderWay();
  private final DataPlane dataPlane;
  private final Javalin server;

  /**
   * A gateway that does not listen yet.
   *
   * @param tls who it is; null without TLS
   * @param current what serves the calls that come now
   */
  public Gateway(
      ListenAddress listen,
      @Nullable Certified tls,
      Supplier<Serving> current,
      AdminApi admin,
      Callers callers,
      RequestId.Source ids,
      Records records) {
    this.entrance = new Entrance(listen, tls);
    this.admin = admin;
    this.callers = callers;
    this.dataPlane = new DataPlane(current, callers, underWay, ids, records);
    this.server = Javalin.create(this::configure);
  }

  /** Listens, and returns the port. */
  public int start() {
    callers.start();
    server.start();
    return Stream.of(server.jettyServer().server().getConnectors())
        .filter(NetworkConnector.class::isInstance)
        .map(connector -> ((NetworkConnector) connector).getLocalPort())
        .findFirst()
        .orElseThrow();
  }

  /**
   * Comes to the end of what is under way: at once it is not ready any more and keeps no connection
   * open, after the delay it accepts no more connections.
   *
   * @return how many calls were still under way when the time was over
   */
  public int drain(Drain drain, TimeSource time) throws InterruptedException {
    admin.drain();
    LOG.info(
        "it drains: not ready any more, no new connections after {} ms; {} calls are under way",
        drain.delay().toMillis(),
        underWay.count());
    time.sleep(drain.delay());
    for (Connector connector : server.jettyServer().server().getConnectors()) {
      acceptNoMore(connector);
    }
    CompletableFuture<Void> over = new CompletableFuture<>();
    Thread timer = Thread.ofVirtual().start(() -> completeAfter(drain.timeout(), time, over));
    try {
      var unused = CompletableFuture.anyOf(underWay.none(), over).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      timer.interrupt();
    }
    return underWay.count();
  }

  /** Those that have been accepted keep their time for being idle. */
  private static void acceptNoMore(Connector connector) {
    if (connector instanceof AbstractConnector it) {
      it.setShutdownIdleTimeout(it.getIdleTimeout());
    }
    var unused = connector.shutdown();
  }

  private static void completeAfter(
      Duration timeout, TimeSource time, CompletableFuture<Void> over) {
    try {
      time.sleep(timeout);
      over.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    callers.close(); // before the connections, so that everybody knows who ends them
    server.stop();
  }

  private void configure(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyHttpConfiguration(Gateway::configure);
    config.jetty.addConnector((jetty, http) -> entrance.open(callers, jetty, http));
    config.jetty.modifyServer(server -> server.setErrorHandler(new JsonErrorHandler()));
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JsonErrorHandler()));
    routes(config.routes);
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setHeaderCacheSize(0); // it would take 55 KB of each connection
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
  }

  private void routes(RoutesConfig routes) {
    get(routes, "/metrics", asAdmin(admin::metrics));
    get(routes, "/router/health", admin::health);
    get(routes, "/router/live", admin::live);
    get(routes, "/router/ready", admin::ready);
    get(routes, "/router/config", asAdmin(admin::config));
    post(routes, "/router/explain", asAdmin(admin::explain));
    post(routes, "/router/reload", asAdmin(admin::reload));
    get(routes, "/router/traces", asAdmin(admin::traces));
    get(routes, "/router/ledger", asAdmin(admin::ledger));
    get(routes, "/router/traces/{id}", asAdmin(admin::trace));
    get(routes, "/router/backends", asAdmin(admin::backends));
    post(routes, "/router/backends/{name}/reset", asAdmin(admin::reset));
    Handler nothing = asAdmin(Gateway::unserved);
    METHODS.forEach(method -> routes.addHttpHandler(method, "/router/*", nothing));
    routes.before(admin::endConnections);
    METHODS.forEach(method -> routes.addHttpHandler(method, "/*", dataPlane));
    routes.exception(HttpResponseException.class, (e, ctx) -> unserved(ctx));
    routes.exception(Exception.class, Gateway::unexpected);
  }

  /** Whoever asks by HEAD gets the same without its body. */
  private void get(RoutesConfig routes, String path, Handler handler) {
    only(routes, path, handler, HandlerType.GET, HandlerType.HEAD);
  }

  private void post(RoutesConfig routes, String path, Handler handler) {
    only(routes, path, handler, HandlerType.POST);
  }

  /** Any other method is told which ones there are. */
  private void only(RoutesConfig routes, String path, Handler handler, HandlerType... methods) {
    List<HandlerType> served = List.of(methods);
    String allow = served.stream().map(HandlerType::name).collect(Collectors.joining(", "));
    Handler otherwise = asAdmin(ctx -> ReplyWriter.refuseMethod(allow, ctx.res()));
    for (HandlerType method : METHODS) {
      routes.addHttpHandler(method, path, served.contains(method) ? handler : otherwise);
    }
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

  /** A path or a method that no route has. */
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
