package dev.spillway.router;

import dev.spillway.time.TimeSource;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A router before some backends, on a frozen clock, and a caller. */
final class RouterFixture implements AutoCloseable {

  final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
  final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final List<AutoCloseable> opened = new ArrayList<>();

  FakeBackend backend() {
    FakeBackend backend = FakeBackend.start();
    opened.add(backend);
    return backend;
  }

  /** A backend that speaks TLS. */
  FakeBackend backend(SSLContext tls) {
    FakeBackend backend = FakeBackend.start(tls);
    opened.add(backend);
    return backend;
  }

  RawBackend raw(RawBackend.Script script) {
    RawBackend backend = RawBackend.start(script);
    opened.add(backend);
    return backend;
  }

  /** A router whose pool is micro and then turbo. */
  FailoverRouter router(String microUrl, String turboUrl, String... moreLines) {
    return start(yaml(microUrl, turboUrl, moreLines), clock);
  }

  FailoverRouter start(String yaml, TimeSource time) {
    FailoverRouter router =
        FailoverRouter.start(RouterConfig.parse("router.yaml", yaml, name -> null), time);
    opened.add(router);
    return router;
  }

  static String yaml(String microUrl, String turboUrl, String... moreLines) {
    return """
    listen: 127.0.0.1:0
    %s
    backends:
      micro: {url: "%s", deployment: micro-dep, api-version: 2023-07-01-preview, api-key: micro-key}
      turbo: {url: "%s", deployment: 35turbo, api-version: 2024-10-21, api-key: turbo-key}
    pools:
      gpt:
        - {backend: micro, priority: 1}
        - {backend: turbo, priority: 2}
    routes:
      - {path: /completions, operation: chat/completions, pool: gpt}
      - {deployment: gpt-35-turbo, pool: gpt}
      - {model: gpt-35-turbo, pool: gpt}
    """
        .formatted(String.join("\n", moreLines), microUrl, turboUrl);
  }

  HttpResponse<String> post(FailoverRouter router, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(router, path, body, headers), BodyHandlers.ofString());
  }

  HttpResponse<String> get(FailoverRouter router, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(router.uri().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> ask(String method, FailoverRouter router, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(router.uri().resolve(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest request(FailoverRouter router, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(router.uri() + path))
            .timeout(Duration.ofSeconds(30))
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  @Override
  public void close() {
    try {
      for (AutoCloseable each : opened.reversed()) {
        each.close();
      }
    } catch (Exception e) {
      throw new AssertionError("something did not close", e);
    }
    client.close();
  }
}
