package dev.spillway.router;

import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.config.Limits;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.AdminApi;
import dev.spillway.router.gateway.Gateway;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.trace.TraceJson;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.upstream.JettyUpstream;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.ListenAddress;
import java.net.BindException;
import java.net.URI;
import java.util.List;

/**
 * A running router: takes a caller's request, adds what a backend needs, and finishes it on another
 * backend when the first is throttled or broken.
 */
public final class FailoverRouter implements AutoCloseable {

  private final RouterConfig config;
  private final TraceRing traces;
  private final JettyUpstream upstream;
  private final Gateway gateway;
  private final ListenAddress listen;

  private FailoverRouter(RouterConfig config, TimeSource time) {
    Limits limits = config.limits();
    this.config = config;
    this.upstream = new JettyUpstream(limits.connectTimeout(), limits.maxBufferedResponse(), time);
    RoutingCore core = RoutingCore.of(config, upstream, new RouterMetrics(), time);
    this.traces = core.traces();
    AdminApi admin =
        new AdminApi(
            config.backends(),
            core.health(),
            traces,
            core.metrics(),
            time,
            config.adminKey(),
            config.listen().isLoopback());
    this.gateway =
        new Gateway(
            new CallerKeys(config.clients()),
            new RouteTable(config.routes()),
            limits.maxRequestBytes(),
            core.loop(),
            admin);
    this.listen = config.listen().withPort(listen(config.listen()));
  }

  /**
   * Starts a router.
   *
   * @param time what cooldowns and deadlines are measured with
   * @throws RouterStartException when it cannot listen
   */
  public static FailoverRouter start(RouterConfig config, TimeSource time) {
    if (config.clients().isEmpty() && !config.listen().isLoopback()) {
      throw new RouterStartException(
          config.listen() + " is open to other machines, which needs 'clients' with keys");
    }
    return new FailoverRouter(config, time);
  }

  private int listen(ListenAddress address) {
    try {
      return gateway.start(address);
    } catch (RuntimeException e) {
      close();
      throw new RouterStartException(whyNot(address, e), e);
    }
  }

  private static String whyNot(ListenAddress address, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return address + " is already in use";
      }
    }
    return address + " cannot be listened on: " + failure.getMessage();
  }

  public int port() {
    return listen.port();
  }

  public URI uri() {
    return URI.create("http://" + listen);
  }

  /** The last requests, the newest first, each as a JSON object. */
  public List<String> traces() {
    return traces.newestFirst().stream().map(TraceJson::of).toList();
  }

  /** What somebody at a terminal wants to know; holds no key. */
  public String summary() {
    return Summary.of(config, uri());
  }

  @Override
  public void close() {
    gateway.close();
    upstream.close();
  }
}
