package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Sends over HTTP, and keeps the connections. */
public final class JettyUpstream implements Upstream, AutoCloseable {

  private static final int CONNECTIONS_PER_BACKEND = 4096;
  private static final int QUEUED_PER_BACKEND = 65_536;
  private static final int HEADER_BYTES = 64 * 1024;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(60);

  private final HttpClient client;
  private final int maxBuffered;
  private final TimeSource time;
  private final Deadlines deadlines;

  /**
   * Starts the client.
   *
   * @param maxBuffered the longest unstreamed answer that is read before it is passed on
   */
  public JettyUpstream(Duration connectTimeout, int maxBuffered, TimeSource time) {
    this.client = client(connectTimeout);
    this.maxBuffered = maxBuffered;
    this.time = time;
    start();
    this.deadlines = new Deadlines(client.getScheduler());
  }

  /**
   * A client that adds nothing of its own and takes nothing away. What listens to it never blocks,
   * so its selector calls it without another thread.
   */
  private static HttpClient client(Duration connectTimeout) {
    HttpClientTransport transport = new HttpClientTransportOverHTTP();
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    HttpClient client = new HttpClient(transport);
    client.setExecutor(threads());
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
    return client;
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("router-upstream");
    threads.setDaemon(true);
    return threads;
  }

  private void start() {
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear();
  }

  @Override
  public AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits)
      throws InterruptedException {
    BackendRequest request;
    try {
      request = BackendRequest.of(call, backend);
    } catch (IllegalArgumentException e) {
      return new Unreachable("no address can be made of " + backend.url());
    }
    return new Exchange(client, backend, call, request, limits, maxBuffered, deadlines).run(time);
  }

  @Override
  public void close() {
    deadlines.destroy();
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    }
  }
}
