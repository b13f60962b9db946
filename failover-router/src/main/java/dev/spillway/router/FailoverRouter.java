package dev.spillway.router;

import dev.spillway.router.gateway.AdminApi;
import dev.spillway.router.gateway.Gateway;
import dev.spillway.router.gateway.Records;
import dev.spillway.router.ledger.Ledger;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.trace.TraceJson;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.ListenAddress;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running router: takes a caller's request, adds what a backend needs, and finishes it on another
 * backend when the first is throttled or broken.
 */
public final class FailoverRouter implements AutoCloseable {

  private final TimeSource time;
  private final Records records;
  private final AtomicReference<Generation> current;
  private final Gateway gateway;
  private final ListenAddress listen;

  private FailoverRouter(RouterConfig config, TimeSource time) {
    this.records =
        new Records(
            new TraceRing(config.limits().traces()),
            new RouterMetrics(),
            new Ledger(time.instant()));
    Generation first = Generation.first(config, records.witness(), time);
    this.time = time;
    this.current = new AtomicReference<>(first);
    AdminApi admin =
        new AdminApi(() -> current().serving(), records, time, config.listen().isLoopback());
    this.gateway = new Gateway(() -> current().serving(), admin);
    this.listen = config.listen().withPort(listen(config.listen()));
  }

  /**
   * Starts a router.
   *
   * @param time what cooldowns and deadlines are measured with
   * @throws RouterStartException when it cannot listen
   */
  public static FailoverRouter start(RouterConfig config, TimeSource time) {
    if (isOpenToAll(config)) {
      throw new RouterStartException(
          config.listen() + " is open to other machines, which needs 'clients' with keys");
    }
    return new FailoverRouter(config, time);
  }

  /**
   * Follows a changed configuration, from the next call on. Calls that have begun are finished as
   * they began; health, quotas, whose turn it is and all that is counted stay for what stays.
   *
   * @throws IllegalArgumentException when it differs in something that cannot change while the
   *     router runs; then nothing has changed
   */
  public synchronized void reload(RouterConfig changed) {
    Generation before = current();
    if (!changed.listen().equals(before.config().listen())) {
      throw new IllegalArgumentException(
          "'listen' cannot change while the router runs; it listens on " + listen);
    }
    if (isOpenToAll(changed)) {
      throw new IllegalArgumentException(
          listen + " is open to other machines, which needs 'clients' with keys");
    }
    Generation next = before.followedBy(changed, time);
    records.traces().resize(changed.limits().traces());
    current.set(next);
    before.serving().retire();
  }

  private static boolean isOpenToAll(RouterConfig config) {
    return config.clients().isEmpty() && !config.listen().isLoopback();
  }

  private Generation current() {
    return Objects.requireNonNull(current.get());
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
    return records.traces().newestFirst().stream().map(TraceJson::of).toList();
  }

  /** What somebody at a terminal wants to know; holds no key. */
  public String summary() {
    return Summary.of(current().config(), uri());
  }

  @Override
  public void close() {
    gateway.close();
    current().upstream().close();
    current().tokens().close();
  }
}
