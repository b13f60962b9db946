package dev.spillway.router;

import dev.spillway.router.config.Drain;
import dev.spillway.router.config.OtlpKeys;
import dev.spillway.router.gateway.AdminApi;
import dev.spillway.router.gateway.DescribedRequest;
import dev.spillway.router.gateway.Explanation;
import dev.spillway.router.gateway.Gateway;
import dev.spillway.router.gateway.Records;
import dev.spillway.router.gateway.Reloaded;
import dev.spillway.router.gateway.Upkeep;
import dev.spillway.router.health.RestNews;
import dev.spillway.router.ledger.Ledger;
import dev.spillway.router.log.RequestLog;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.replicas.SharedRests;
import dev.spillway.router.telemetry.Peer;
import dev.spillway.router.telemetry.Spans;
import dev.spillway.router.trace.TraceJson;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.trace.Witness;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.YamlException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running router: takes a caller's request, adds what a backend needs, and finishes it on another
 * backend when the first is throttled or broken.
 */
public final class FailoverRouter implements AutoCloseable, Upkeep {

  private static final Logger LOG = LoggerFactory.getLogger(FailoverRouter.class);

  private final TimeSource time;
  private final Records records;
  private final @Nullable SharedRests rests;
  private final AtomicReference<Generation> current;
  private final Gateway gateway;
  private final ListenAddress listen;
  private final AtomicReference<Supplier<RouterConfig>> source;

  private FailoverRouter(RouterConfig config, Network network, TimeSource time) {
    this.records =
        new Records(
            new TraceRing(config.limits().traces()),
            new RouterMetrics(),
            new Ledger(time.instant()),
            new RequestLog(config.reports().log().requests()),
            spans(config.reports().otlp()));
    SharedRests shared = sharedRests(config, time);
    RestNews news = shared == null ? RestNews.NOBODY : shared;
    Generation first = Generation.first(config, network, records.witness(), news, time);
    first.tokens().follow(config.backends().values(), config.outbound());
    this.rests = shared;
    this.time = time;
    this.current = new AtomicReference<>(first);
    records.metrics().readBackends(() -> Readings.of(current(), time.nanoTime()));
    this.source = new AtomicReference<>(() -> current().config());
    AdminApi admin =
        new AdminApi(() -> current().serving(), this, records, time, config.listen().isLoopback());
    this.gateway =
        new Gateway(
            config.listen(),
            config.tls(),
            () -> current().serving(),
            admin,
            network.callers(),
            network.ids(),
            records);
    this.listen = config.listen().withPort(listen(config.listen()));
    if (shared != null) {
      shared.start();
    }
  }

  /** Lettuce is loaded only where there is something to share. */
  private @Nullable SharedRests sharedRests(RouterConfig config, TimeSource time) {
    return config.sharedState() == null
        ? null
        : new SharedRests(
            config.sharedState(),
            config.outbound().standard(),
            () -> current().core().health(),
            time);
  }

  /**
   * Starts a router.
   *
   * @param time what cooldowns and deadlines are measured with
   * @throws RouterStartException when it cannot listen
   */
  public static FailoverRouter start(RouterConfig config, TimeSource time) {
    return start(config, Network.sockets(), time);
  }

  /** Starts one in a network of its own. */
  public static FailoverRouter start(RouterConfig config, Network network, TimeSource time) {
    if (config.isOpenToAll()) {
      throw new RouterStartException(config.listen() + RouterConfig.OPEN);
    }
    return new FailoverRouter(config, network, time);
  }

  /**
   * What a router with this configuration would do with a request as its first, without starting
   * one.
   *
   * @throws IllegalArgumentException when it is made by a client that there is not
   */
  public static Explanation explain(
      RouterConfig config, DescribedRequest request, TimeSource time) {
    Generation only =
        Generation.first(config, Network.sockets(), Witness.all(List.of()), RestNews.NOBODY, time);
    try {
      return only.serving().explain(request);
    } finally {
      only.upstream().close();
    }
  }

  /** What would become of a request now, as the backends are; nothing is sent. */
  public Explanation explain(DescribedRequest request) {
    return current().serving().explain(request);
  }

  /** Says where {@link #reload()} reads the configuration; without it, that has nothing to do. */
  public void reloadFrom(Supplier<RouterConfig> configuration) {
    source.set(configuration);
  }

  /** Reads the configuration again and follows it; a wrong one changes nothing. */
  @Override
  public Reloaded reload() {
    try {
      RouterConfig changed = Objects.requireNonNull(source.get()).get();
      return reload(changed);
    } catch (YamlException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Follows a changed configuration, from the next call on. Calls that have begun are finished as
   * they began; health, quotas, whose turn it is and all that is counted stay for what stays.
   */
  public synchronized Reloaded reload(RouterConfig changed) {
    Generation before = current();
    Optional<String> obstacle = changed.cannotFollow(before.config());
    if (obstacle.isPresent()) {
      return refused(obstacle.get());
    }
    Generation next = before.followedBy(changed, time);
    records.traces().resize(changed.limits().traces());
    records.log().turn(changed.reports().log().requests());
    current.set(next);
    before.serving().retire();
    LOG.info("{} is followed: generation {}", changed.places().file(), next.number());
    return new Reloaded.Followed(next.number());
  }

  private static Reloaded refused(String why) {
    LOG.warn("nothing is changed: {}", why);
    return new Reloaded.Refused(why);
  }

  @Override
  public InForce inForce() {
    Generation now = current();
    return new InForce(now.number(), now.since(), now.config().places().file());
  }

  /**
   * Comes to an end without dropping anything, as {@code drain-delay} and {@code drain-timeout}
   * have it; {@link #close()} follows.
   *
   * @return whether everything that was under way has been finished
   */
  public boolean drain() throws InterruptedException {
    Drain drain = current().config().drain();
    int left = gateway.drain(drain, time);
    if (left > 0) {
      LOG.warn("not finished within drain-timeout, and cut off: {} of the calls", left);
    }
    return left == 0;
  }

  private Spans spans(OtlpKeys otlp) {
    return otlp.on() ? Spans.sent(otlp.properties(), this::peer) : Spans.none();
  }

  private Optional<Peer> peer(String backend) {
    return Optional.ofNullable(current().config().backends().get(backend)).map(Peers::of);
  }

  private Generation current() {
    return Objects.requireNonNull(current.get());
  }

  private int listen(ListenAddress address) {
    try {
      return gateway.start();
    } catch (RuntimeException e) {
      close();
      throw new RouterStartException(address.whyNot(e), e);
    }
  }

  public int port() {
    return listen.port();
  }

  public URI uri() {
    return URI.create((current().config().tls() == null ? "http://" : "https://") + listen);
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
    records.spans().close();
    current().tokens().close();
    if (rests != null) {
      rests.close();
    }
  }
}
