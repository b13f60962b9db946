package dev.spillway.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks deployments something. */
final class Chat {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Chat() {}

  /** The status of the answer. */
  static int ask(EmulatedAzure azure, String deployment) {
    return ask(azure.endpoint(), azure.key(), deployment);
  }

  static int ask(URI endpoint, String key, String deployment) {
    return send(endpoint, key, deployment).statusCode();
  }

  /** The body of the answer. */
  static String answer(EmulatedAzure azure, String deployment) {
    return send(azure.endpoint(), azure.key(), deployment).body();
  }

  private static HttpResponse<String> send(URI endpoint, String key, String deployment) {
    URI address =
        URI.create(
            "%s/openai/deployments/%s/chat/completions?api-version=2024-10-21"
                .formatted(endpoint, deployment));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("api-key", key)
            .POST(
                BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
