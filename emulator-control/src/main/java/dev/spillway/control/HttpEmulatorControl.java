package dev.spillway.control;

import dev.spillway.control.ControlException.Reason;
import dev.spillway.wire.ErrorEnvelope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Steers an emulator in another process. */
public final class HttpEmulatorControl implements EmulatorControl, AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final TypeReference<DeploymentStatus> DEPLOYMENT = new TypeReference<>() {};
  private static final TypeReference<ClockStatus> CLOCK = new TypeReference<>() {};
  private static final TypeReference<Health> HEALTH = new TypeReference<>() {};
  private static final TypeReference<List<DeploymentStatus>> DEPLOYMENT_LIST =
      new TypeReference<>() {};
  private static final TypeReference<List<JournalEntry>> JOURNAL_LIST = new TypeReference<>() {};

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI emulator;
  private final @Nullable String adminKey;

  /** An emulator that asks for no admin key, such as {@code http://127.0.0.1:8080}. */
  public HttpEmulatorControl(URI emulator) {
    this(emulator, null);
  }

  public HttpEmulatorControl(URI emulator, @Nullable String adminKey) {
    this.emulator = emulator;
    this.adminKey = adminKey;
  }

  @Override
  public List<DeploymentStatus> deployments() {
    return read(call("GET", ControlRoutes.DEPLOYMENTS, null), DEPLOYMENT_LIST);
  }

  @Override
  public DeploymentStatus deployment(String name) {
    return read(call("GET", deploymentPath(name), null), DEPLOYMENT);
  }

  @Override
  public DeploymentStatus put(DeploymentSpec spec) {
    return read(call("PUT", deploymentPath(spec.name()), spec), DEPLOYMENT);
  }

  @Override
  public DeploymentStatus patch(String name, DeploymentPatch patch) {
    return read(call("PATCH", deploymentPath(name), patch), DEPLOYMENT);
  }

  @Override
  public void delete(String name) {
    call("DELETE", deploymentPath(name), null);
  }

  @Override
  public ClockStatus clock() {
    return read(call("GET", ControlRoutes.CLOCK, null), CLOCK);
  }

  @Override
  public ClockStatus freeze() {
    return read(call("POST", ControlRoutes.CLOCK + "/freeze", null), CLOCK);
  }

  @Override
  public ClockStatus advance(Duration duration) {
    long millis = duration.plusNanos(999_999).toMillis();
    Map<String, String> by = Map.of("by", millis + "ms");
    return read(call("POST", ControlRoutes.CLOCK + "/advance", by), CLOCK);
  }

  @Override
  public ClockStatus setClock(Instant moment) {
    Map<String, String> to = Map.of("to", moment.toString());
    return read(call("POST", ControlRoutes.CLOCK + "/set", to), CLOCK);
  }

  @Override
  public ClockStatus scale(double speed) {
    Map<String, Double> by = Map.of("speed", speed);
    return read(call("POST", ControlRoutes.CLOCK + "/scale", by), CLOCK);
  }

  @Override
  public ClockStatus resume() {
    return read(call("POST", ControlRoutes.CLOCK + "/resume", null), CLOCK);
  }

  @Override
  public List<JournalEntry> journal(JournalQuery query) {
    return read(call("GET", ControlRoutes.JOURNAL + search(query), null), JOURNAL_LIST);
  }

  @Override
  public void clearJournal() {
    call("DELETE", ControlRoutes.JOURNAL, null);
  }

  @Override
  public void reset() {
    call("POST", ControlRoutes.RESET, null);
  }

  @Override
  public Health health() {
    return read(call("GET", ControlRoutes.HEALTH, null), HEALTH);
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
      throw unreachable("does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("was not waited for");
    }
  }

  private static ControlException refused(HttpResponse<byte[]> answer) {
    String message =
        ErrorEnvelope.read(answer.body())
            .map(ErrorEnvelope::message)
            .orElse("the emulator answered " + answer.statusCode());
    return new ControlException(Reason.ofStatus(answer.statusCode()), message);
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

  private static String deploymentPath(String name) {
    return ControlRoutes.DEPLOYMENTS + "/" + encode(name);
  }

  private static String search(JournalQuery query) {
    StringJoiner search = new StringJoiner("&", "?", "").setEmptyValue("");
    if (query.deployment() != null) {
      search.add("deployment=" + encode(query.deployment()));
    }
    if (query.status() != null) {
      search.add("status=" + query.status());
    }
    if (query.limit() != null) {
      search.add("limit=" + query.limit());
    }
    return search.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
