package dev.spillway.it;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back over HTTP. */
record Answer(HttpResponse<byte[]> response) {

  private static final JsonMapper JSON = new JsonMapper();

  int status() {
    return response.statusCode();
  }

  byte[] bytes() {
    return response.body();
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return JSON.readTree(response.body());
  }

  /** A header's value, or an empty text. */
  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The backend that the router names. */
  String servedBy() {
    return header("x-router-backend");
  }

  String trace() {
    return header("x-router-trace");
  }

  /** Whether this is a success to its very end, plain or streamed. */
  boolean isComplete() {
    if (status() != 200) {
      return false;
    }
    return header("Content-Type").startsWith("text/event-stream")
        ? text().endsWith("data: [DONE]\n\n") && !text().contains("\"error\"")
        : json().at("/choices/0/message/content").isString();
  }
}
