package dev.spillway.emulator.upstream;

import dev.spillway.emulator.upstream.UpstreamConfig.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a real endpoint, and hands out its answer as it arrives.
 *
 * <p>Nothing is tried again, no redirect is followed, and nothing is unpacked: the caller gets what
 * the endpoint said. The system's authorities are trusted.
 */
public final class Upstream implements AutoCloseable {

  private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(10);
  private static final Duration UNTIL_THE_HEAD = Duration.ofMinutes(10);

  private final UpstreamConfig config;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(UNTIL_CONNECTED)
          .build();

  public Upstream(UpstreamConfig config) {
    this.config = config;
  }

  public UpstreamConfig config() {
    return config;
  }

  /** Whether there is something to show to the endpoint: its own key, or one of the caller. */
  public boolean hasCredentials(UpstreamRequest request) {
    return credentials(request).isPresent();
  }

  /**
   * Asks.
   *
   * @throws IOException when there is no answer; its message says why, in a few words
   */
  public UpstreamAnswer send(UpstreamRequest request) throws IOException {
    byte[] body =
        UpstreamBody.named(
            request.body(), request.header("content-type"), UpstreamAddress.model(config, request));
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(UpstreamAddress.of(config, request))
            .timeout(UNTIL_THE_HEAD)
            .method(
                request.method(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    request.headers().stream()
        .filter(UpstreamHeader::isForTheEndpoint)
        .forEach(header -> asked.header(header.name(), header.value()));
    credentials(request).ifPresent(one -> asked.header(one.name(), one.value()));
    HttpResponse<InputStream> answer = sent(asked.build());
    return new UpstreamAnswer(answer.statusCode(), headers(answer), answer.body());
  }

  private HttpResponse<InputStream> sent(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new IOException(e.getMessage() == null ? "nothing listens there" : e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the emulator stops");
    }
  }

  private Optional<UpstreamHeader> credentials(UpstreamRequest request) {
    @Nullable String token = request.header(UpstreamHeader.AUTHORIZATION);
    @Nullable String brought = request.header(UpstreamHeader.KEY);
    if (token != null) {
      return Optional.of(new UpstreamHeader("Authorization", token));
    }
    return Optional.ofNullable(brought != null ? brought : config.apiKey())
        .map(key ->
            config.kind() == Kind.AZURE
                ? new UpstreamHeader("api-key", key)
                : new UpstreamHeader("Authorization", "Bearer " + key));
  }

  private static List<UpstreamHeader> headers(HttpResponse<?> answer) {
    return answer.headers().map().entrySet().stream()
        .flatMap(header ->
            header.getValue().stream().map(value -> new UpstreamHeader(header.getKey(), value)))
        .filter(header -> !header.name().startsWith(":"))
        .filter(UpstreamHeader::isForTheCaller)
        .toList();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
