package dev.spillway.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application: it sends the same chat completion again and again, of about 300 tokens. */
final class Caller implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUESTION =
      "Our town draws its water from two reservoirs. The upper one is small and close, the lower"
          + " one is large and farther away, and a pipe joins them. On most days the upper one is"
          + " enough. On hot days it runs dry by noon, and then the taps stay dry until the evening,"
          + " although the lower reservoir is full. Somebody proposed a gate that opens by itself as"
          + " soon as the upper reservoir is empty, takes the water from the lower one, and closes"
          + " again when the upper one has filled. Explain to the council what such a gate must"
          + " watch, how fast it has to open, and how we could test it before summer comes.";
  private static final int MAX_TOKENS = 140;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String body =
      JSON.writeValueAsString(new Body(List.of(new Message("user", QUESTION)), MAX_TOKENS));

  private record Body(List<Message> messages, @JsonProperty("max_tokens") int maxTokens) {}

  private record Message(String role, String content) {}

  /** Calls one address with one key. */
  CallResult call(URI address, String key) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("api-key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return result(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static CallResult result(HttpResponse<String> answer) {
    JsonNode usage = JSON.readTree(answer.body()).path("usage");
    return new CallResult(
        answer.statusCode(),
        usage.path("total_tokens").asInt(0),
        answer.headers().firstValue("x-router-backend").orElse(""),
        answer.headers().firstValue("x-router-trace").orElse(""),
        answer.headers().firstValue("Retry-After").orElse(""),
        answer.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
