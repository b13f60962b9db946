package dev.spillway.router.upstream;

import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptResult.NoToken;
import dev.spillway.router.upstream.AttemptResult.Rejected;
import dev.spillway.router.upstream.AttemptResult.TokenRefused;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.HeaderNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final int UNAUTHORIZED = 401;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(60);

  private final HttpClient client;
  private final Tokens tokens;
  private final int maxBuffered;
  private final TimeSource time;
  private final Deadlines deadlines;

  /**
   * Starts the client.
   *
   * @param tokens for the backends that want one
   * @param maxBuffered the longest unstreamed answer that is read before it is passed on
   */
  public JettyUpstream(Duration connectTimeout, Tokens tokens, int maxBuffered, TimeSource time) {
    this.client = client(connectTimeout);
    this.tokens = tokens;
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
    return switch (backend.credential()) {
      case Credential.None none -> ask(own(backend), call, request, limits);
      case Credential.ApiKey it ->
          ask(own(backend, key(backend, it.key().value())), call, request, limits);
      case Credential.Token it -> askWithToken(backend, it, call, request, limits);
    };
  }

  /** What a backend is sent instead of the caller's headers of the same names. */
  private static List<Header> own(Backend backend, Header... credential) {
    List<Header> own = new ArrayList<>(List.of(credential));
    backend.headers().forEach((name, value) -> own.add(new Header(name, value.value())));
    return own;
  }

  private static Header key(Backend backend, String key) {
    return switch (backend.api()) {
      case Api.Azure azure -> new Header(HeaderNames.API_KEY, key);
      case Api.OpenAi openAi -> bearer(key);
    };
  }

  private static Header bearer(String token) {
    return new Header(HeaderNames.AUTHORIZATION, "Bearer " + token);
  }

  private AttemptResult ask(
      List<Header> own, CallPlan call, BackendRequest request, AttemptLimits limits)
      throws InterruptedException {
    return new Exchange(client, own, call, request, limits, maxBuffered, deadlines).run(time);
  }

  private AttemptResult askWithToken(
      Backend backend,
      Credential.Token credential,
      CallPlan call,
      BackendRequest request,
      AttemptLimits limits)
      throws InterruptedException {
    return switch (tokens.of(credential, limits.firstByte())) {
      case Tokens.Held.Missing missing -> new NoToken(missing.why());
      case Tokens.Held.Valid held -> {
        AttemptResult result = ask(own(backend, bearer(held.token())), call, request, limits);
        yield result instanceof Rejected rejected
                && rejected.answer().status() == UNAUTHORIZED
                && tokens.hasAnother(credential, held.token(), limits.firstByte())
            ? new TokenRefused(rejected.answer())
            : result;
      }
    };
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
