package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.link.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether the backends can be reached: a connection and, with https, its handshake; and if asked
 * for, a {@code GET} of the models, which no provider charges for.
 */
public final class Reach {

  /** A date that every resource knows. */
  private static final String API_VERSION = "2024-10-21";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private Reach() {}

  /**
   * Asks all backends at once.
   *
   * @param probe whether to send a request, too
   */
  public static List<Finding> findings(RouterConfig config, boolean probe)
      throws InterruptedException {
    Findings findings = new Findings(config.places());
    Map<Backend, Future<Found>> asked = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Duration patience = config.limits().connectTimeout();
      for (Backend backend : config.backends().values()) {
        asked.put(backend, threads.submit(() -> look(backend, config.outbound(), patience, probe)));
      }
      for (Map.Entry<Backend, Future<Found>> each : asked.entrySet()) {
        add(each.getKey(), each.getValue().get(), findings);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return findings.inOrder();
  }

  /** What has come of asking one. */
  private sealed interface Found {
    record Well() implements Found {}

    record Unknown(String host) implements Found {}

    record Unreachable(String why) implements Found {}

    record Untrusted(String why) implements Found {}

    record Refused(int status) implements Found {}

    record Failing(String what) implements Found {}
  }

  private static void add(Backend backend, Found found, Findings findings) {
    String path = "backends." + backend.name() + ".url";
    String who = "the backend '" + backend.name() + "' ";
    switch (found) {
      case Found.Well well -> {}
      case Found.Unknown it ->
          findings.error(
              "backend-unreachable",
              path,
              who + "cannot be found: there is no host " + it.host(),
              "correct its url");
      case Found.Unreachable it ->
          findings.warning(
              "backend-unreachable",
              path,
              who + "cannot be reached at " + backend.url() + ": " + it.why(),
              "start it, correct its url, or let this machine through");
      case Found.Untrusted it ->
          findings.error(
              "backend-untrusted",
              path,
              who + "has no TLS that is trusted: " + it.why(),
              "trust its authority, or correct its url");
      case Found.Refused it ->
          findings.error(
              "key-refused",
              path,
              who + "answers " + it.status() + " to its key",
              "correct its api-key, or let this machine through");
      case Found.Failing it ->
          findings.warning(
              "backend-failing", path, who + it.what(), "see what ails it, and whether it is one");
    }
  }

  private static Found look(Backend backend, Outbound outbound, Duration patience, boolean probe)
      throws InterruptedException {
    Found connected = connect(backend, outbound, patience);
    return probe && connected instanceof Found.Well ? ask(backend, outbound, patience) : connected;
  }

  /** Behind a proxy no more can be seen than whether there is a proxy. */
  private static Found connect(Backend backend, Outbound outbound, Duration patience) {
    URI url = backend.url();
    Proxy proxy = outbound.proxy();
    if (proxy != null && proxy.isFor(url.getHost())) {
      return connect(proxy.host(), proxy.port(), patience, null);
    }
    boolean secure = "https".equals(url.getScheme());
    int standard = secure ? HTTPS : HTTP;
    return connect(
        url.getHost(),
        url.getPort() < 0 ? standard : url.getPort(),
        patience,
        secure ? outbound.of(backend.name()).context() : null);
  }

  private static Found connect(
      String host, int port, Duration patience, @Nullable SSLContext secure) {
    int millis = (int) Math.min(Integer.MAX_VALUE, patience.toMillis());
    try (Socket socket = new Socket()) {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      socket.connect(new InetSocketAddress(addresses[0], port), millis);
      if (secure != null) {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        handshake(secure, socket, host, port);
      }
      return new Found.Well();
    } catch (UnknownHostException e) {
      return new Found.Unknown(host);
    } catch (SSLException e) {
      return new Found.Untrusted(oneLine(e));
    } catch (IOException e) {
      return new Found.Unreachable(oneLine(e));
    }
  }

  private static void handshake(SSLContext context, Socket plain, String host, int port)
      throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }

  private static Found ask(Backend backend, Outbound outbound, Duration patience)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(models(backend)).timeout(PATIENCE).GET();
    boolean shown = show(backend, request);
    try (HttpClient client = client(backend, outbound, patience)) {
      HttpResponse<Void> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding());
      int status = answer.statusCode();
      if (shown && (status == 401 || status == 403)) {
        return new Found.Refused(status);
      }
      return status >= 500
          ? new Found.Failing("answers " + status + " to GET " + models(backend).getPath())
          : new Found.Well();
    } catch (IOException e) {
      return new Found.Failing(
          "does not answer GET " + models(backend).getPath() + ": " + oneLine(e));
    }
  }

  private static HttpClient client(Backend backend, Outbound outbound, Duration patience) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .sslContext(outbound.of(backend.name()).context());
    Proxy proxy = outbound.proxy();
    if (proxy != null && proxy.isFor(backend.url().getHost())) {
      InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
      client.proxy(ProxySelector.of(address));
    }
    return client.build();
  }

  private static URI models(Backend backend) {
    return URI.create(
        switch (backend.api()) {
          case Api.Azure azure -> backend.url() + "/openai/models?api-version=" + API_VERSION;
          case Api.OpenAi openAi -> backend.url() + "/models";
        });
  }

  /** Whether something is shown that can be refused; a token is not asked for. */
  private static boolean show(Backend backend, HttpRequest.Builder request) {
    backend.headers().forEach((name, value) -> request.setHeader(name, value.value()));
    if (!(backend.credential() instanceof Credential.ApiKey it)) {
      return false;
    }
    switch (backend.api()) {
      case Api.Azure azure -> request.setHeader("api-key", it.key().value());
      case Api.OpenAi openAi -> request.setHeader("Authorization", "Bearer " + it.key().value());
    }
    return true;
  }

  private static String oneLine(IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
