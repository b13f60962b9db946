package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An emulator with a deployment of every kind of media model, and a client that can send files. */
final class MediaCalls implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  /** What came back. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, String contentType, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return JSON.readTree(body);
    }

    /** The data of its events. */
    List<JsonNode> events() {
      return Arrays.stream(text().split("\n"))
          .filter(line -> line.startsWith("data: "))
          .map(line -> JSON.readTree(line.substring("data: ".length())))
          .toList();
    }
  }

  /** A form with a file in it. */
  static final class Form {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Form field(String name, String value) {
      return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    Form file(String name, String fileName, byte[] content) {
      return part("name=\"" + name + "\"; filename=\"" + fileName + "\"", content);
    }

    private Form part(String disposition, byte[] content) {
      out.writeBytes(
          ("--form\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.writeBytes(content);
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
      return this;
    }

    byte[] bytes() {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(out.toByteArray());
      whole.writeBytes("--form--\r\n".getBytes(StandardCharsets.UTF_8));
      return whole.toByteArray();
    }
  }

  final EmulatorFixture emulator;
  private final HttpClient client = HttpClient.newHttpClient();

  MediaCalls(String wire) {
    this.emulator =
        EmulatorFixture.start(
            wire,
            DeploymentSpec.standard("few", "dall-e-3", Limit.of(1)),
            many("dalle", "dall-e-3"),
            many("image", "gpt-image-1"),
            many("image2", "gpt-image-2"),
            many("tts", "tts"),
            many("mini-tts", "gpt-4o-mini-tts"),
            many("whisper", "whisper"),
            many("transcribe", "gpt-4o-transcribe"));
  }

  private static DeploymentSpec many(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.of(100));
  }

  /** JSON for an operation of a deployment, on the dated route. */
  Reply post(String deployment, String operation, String json) {
    return send(dated(deployment, operation), "application/json", bytes(json));
  }

  Reply post(String deployment, String operation, Form form) {
    return send(dated(deployment, operation), "multipart/form-data; boundary=form", form.bytes());
  }

  Reply v1(String operation, String json) {
    return send("/openai/v1/" + operation, "application/json", bytes(json));
  }

  Reply v1(String operation, Form form) {
    return send("/openai/v1/" + operation, "multipart/form-data; boundary=form", form.bytes());
  }

  Reply send(String path, String contentType, byte[] body) {
    return exchange(
        HttpRequest.newBuilder(emulator.emulator.uri().resolve(path))
            .header("api-key", EmulatorFixture.KEY)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Without a key. */
  Reply get(String url) {
    return exchange(HttpRequest.newBuilder(URI.create(url)).build());
  }

  static String dated(String deployment, String operation) {
    return "/openai/deployments/"
        + deployment
        + "/"
        + operation
        + "?api-version=2025-04-01-preview";
  }

  private Reply exchange(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String contentType = response.headers().firstValue("Content-Type").orElse("");
      return new Reply(response.statusCode(), contentType, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try (client) {
      emulator.close();
    }
  }
}
