package dev.spillway.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A backend that answers as it is told and keeps what it was sent. */
final class FakeBackend implements AutoCloseable {

  /** What came in. */
  @SuppressWarnings("ArrayRecordComponent")
  record Seen(String method, String uri, Map<String, List<String>> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("(none)")).getFirst();
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicReference<HttpHandler> answer = new AtomicReference<>();
  private final HttpServer server;

  private FakeBackend(HttpServer server) {
    this.server = server;
  }

  static FakeBackend start() {
    return start(null);
  }

  /** One that speaks TLS, and asks for the other's certificate. */
  static FakeBackend start(@Nullable SSLContext tls) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server =
          tls == null
              ? HttpServer.create(address, 0)
              : withTls(HttpsServer.create(address, 0), tls);
      FakeBackend backend = new FakeBackend(server);
      server.setExecutor(backend.threads);
      server.createContext("/", backend::handle);
      server.start();
      return backend.answering(200, "{\"id\":\"chatcmpl-1\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer withTls(HttpsServer server, SSLContext tls) {
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    return server;
  }

  FakeBackend answering(HttpHandler handler) {
    answer.set(handler);
    return this;
  }

  FakeBackend answering(int status, String body, String... headers) {
    return answeringWith(status, "application/json", body, headers);
  }

  FakeBackend answeringWith(int status, String contentType, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return answering(exchange -> {
      exchange.getResponseHeaders().add("Content-Type", contentType);
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    });
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes()));
      Objects.requireNonNull(answer.get()).handle(exchange);
    }
  }

  List<Seen> seen() {
    return seen;
  }

  Seen last() {
    return seen.getLast();
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
