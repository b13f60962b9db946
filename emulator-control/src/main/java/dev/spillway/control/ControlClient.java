package dev.spillway.control;

import dev.spillway.control.ControlException.Reason;
import dev.spillway.wire.ErrorEnvelope;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Calls the control API of one emulator and reads what it answers. */
final class ControlClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI emulator;
  private final @Nullable String adminKey;

  ControlClient(URI emulator, @Nullable String adminKey) {
    this.emulator = emulator;
    this.adminKey = adminKey;
  }

  <T> T get(String path, TypeReference<T> type) {
    return read(call("GET", path, null), type);
  }

  <T> T send(String method, String path, @Nullable Object body, TypeReference<T> type) {
    return read(call(method, path, body), type);
  }

  void send(String method, String path) {
    call(method, path, null);
  }

  @Override
  public void close() {
    http.close();
  }

  private byte[] call(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(emulator.resolve(path)).timeout(TIMEOUT);
    if (adminKey != null) {
      request.header(ControlRoutes.ADMIN_KEY, adminKey);
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      byte[] json = ControlJson.mapper().writeValueAsBytes(body);
      request.method(method, BodyPublishers.ofByteArray(json));
    }
    HttpResponse<byte[]> answer = send(request.build());
    if (answer.statusCode() >= 300) {
      throw refused(answer);
    }
    return answer.body();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw unreachable("does not answer: " + why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("was not waited for");
    }
  }

  /** A refused connection comes without a word. */
  private static String why(IOException e) {
    String message = e.getMessage();
    return message != null
        ? message
        : e instanceof ConnectException ? "nothing listens there" : e.getClass().getSimpleName();
  }

  private static ControlException refused(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    ErrorEnvelope error =
        ErrorEnvelope.read(answer.body())
            .orElseGet(() -> new ErrorEnvelope(null, "the emulator answered " + status));
    return new ControlException(Reason.of(status, error.code()), error.message());
  }

  private <T> T read(byte[] json, TypeReference<T> type) {
    try {
      return ControlJson.mapper().readValue(json, type);
    } catch (JacksonException e) {
      throw unreachable("answered something else than its control API: " + e.getOriginalMessage());
    }
  }

  private ControlException unreachable(String problem) {
    return new ControlException(Reason.UNREACHABLE, "the emulator at " + emulator + " " + problem);
  }

  /** A duration as the control API reads it; never shorter than it is. */
  static String millis(Duration duration) {
    return duration.plusNanos(999_999).toMillis() + "ms";
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
