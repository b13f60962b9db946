package dev.spillway.router.upstream;

import dev.spillway.router.link.Outbound;
import dev.spillway.router.link.Proxy;
import dev.spillway.router.link.TlsTerms;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/** A client for all backends that are reached on the same terms, with the same threads for all. */
final class HttpClients implements AutoCloseable {

  private static final int CONNECTIONS_PER_BACKEND = 4096;
  private static final int QUEUED_PER_BACKEND = 65_536;
  private static final int HEADER_BYTES = 64 * 1024;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(60);

  private final Outbound outbound;
  private final Duration connectTimeout;
  private final QueuedThreadPool threads = threads();
  private final Scheduler scheduler = new ScheduledExecutorScheduler("router-timer", true);
  private final Map<TlsTerms, HttpClient> byTerms = new ConcurrentHashMap<>();

  HttpClients(Outbound outbound, Duration connectTimeout) {
    this.outbound = outbound;
    this.connectTimeout = connectTimeout;
    start(threads);
    start(scheduler);
    var unused = of(outbound.standard());
  }

  /** What ends exchanges that take too long. */
  Scheduler scheduler() {
    return scheduler;
  }

  HttpClient of(String backend) {
    return of(outbound.of(backend));
  }

  private HttpClient of(TlsTerms terms) {
    return byTerms.computeIfAbsent(terms, this::client);
  }

  /** A client that adds nothing of its own and takes nothing away. */
  private HttpClient client(TlsTerms terms) {
    ClientConnector connector = new ClientConnector();
    connector.setExecutor(threads);
    connector.setScheduler(scheduler);
    connector.setSelectors(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    connector.setSslContextFactory(tls(terms));
    HttpClient client = new HttpClient(new BackendTransport(connector));
    client.setExecutor(threads);
    client.setScheduler(scheduler);
    client.setConnectTimeout(connectTimeout.toMillis());
    client.setAddressResolutionTimeout(connectTimeout.toMillis());
    client.setIdleTimeout(KEPT_IDLE.toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS_PER_BACKEND);
    client.setMaxRequestsQueuedPerDestination(QUEUED_PER_BACKEND);
    client.setMaxResponseHeadersSize(HEADER_BYTES);
    client.setMaxRequestHeadersSize(HEADER_BYTES);
    client.setFollowRedirects(false);
    client.setUserAgentField(null);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    if (outbound.proxy() != null) {
      client.getProxyConfiguration().addProxy(new Way(outbound.proxy()));
    }
    start(client);
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear();
    return client;
  }

  /** It compares host names unless it is told otherwise. */
  private static SslContextFactory.Client tls(TlsTerms terms) {
    SslContextFactory.Client tls = new SslContextFactory.Client();
    if (!terms.isStandard()) {
      tls.setSslContext(terms.context());
    }
    return tls;
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("router-upstream");
    threads.setDaemon(true);
    return threads;
  }

  private static void start(LifeCycle part) {
    try {
      part.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
  }

  @Override
  public void close() {
    byTerms.values().forEach(HttpClients::stop);
    stop(scheduler);
    stop(threads);
  }

  private static void stop(LifeCycle part) {
    try {
      part.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    }
  }

  /** Jetty's own list of exceptions knows no domains. */
  private static final class Way extends HttpProxy {

    private final Proxy proxy;

    Way(Proxy proxy) {
      super(proxy.host(), proxy.port());
      this.proxy = proxy;
    }

    @Override
    public boolean matches(Origin origin) {
      return !origin.getAddress().equals(getAddress())
          && proxy.isFor(origin.getAddress().getHost());
    }
  }
}
