package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in Chromium without a window, steered by its DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final JsonMapper JSON = new JsonMapper();

  private final Program chromium;
  private final HttpClient http;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private int sent;

  private Browser(Program chromium, HttpClient http, URI page) {
    this.chromium = chromium;
    this.http = http;
    this.socket = http.newWebSocketBuilder().buildAsync(page, new Listener()).join();
  }

  /**
   * Opens a file; where there is no Chromium the test is skipped.
   *
   * @param folder where the browser may keep what it wants to
   */
  static Browser open(Path file, Path folder) {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      throw Missing.skip("there is no Chromium to open the report with");
    }
    Program chromium =
        Program.start(
            folder,
            Map.of("HOME", folder.toString()),
            List.of(
                program.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=1200,1600",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile")));
    HttpClient http = HttpClient.newHttpClient();
    try {
      String port = chromium.awaitErr("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");
      Browser browser = new Browser(chromium, http, newPage(http, port));
      browser.show(file);
      return browser;
    } catch (RuntimeException | Error e) {
      http.close();
      chromium.close();
      throw e;
    }
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static URI newPage(HttpClient http, String port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(BodyPublishers.noBody())
            .build();
    try {
      JsonNode page = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      return URI.create(page.get("webSocketDebuggerUrl").stringValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void show(Path file) {
    JsonNode unused = send("Page.navigate", Map.of("url", file.toUri().toString()));
    JsonNode loaded =
        evaluate(
            """
            new Promise(done => {
              const look = () => document.readyState === 'complete' && location.protocol === 'file:'
                ? done(true) : setTimeout(look, 10);
              look();
            })\
            """);
    assertThat(loaded.booleanValue()).isTrue();
  }

  /** What an expression comes to, also when it is only promised. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    assertThat(result.has("exceptionDetails")).as(result.toString()).isFalse();
    return result.get("result").path("value");
  }

  String text(String selector) {
    return evaluate("document.querySelector('%s').textContent".formatted(selector)).stringValue();
  }

  int count(String selector) {
    return evaluate("document.querySelectorAll('%s').length".formatted(selector)).intValue();
  }

  /** Moves the mouse to the middle of the first such element. */
  void pointAt(String selector) {
    JsonNode place =
        evaluate(
            """
            (() => {
              const one = document.querySelector('%s');
              one.scrollIntoView({block: 'center'});
              const box = one.getBoundingClientRect();
              return {x: box.x + box.width / 2, y: box.y + box.height / 2};
            })()\
            """
                .formatted(selector));
    JsonNode unused =
        send(
            "Input.dispatchMouseEvent",
            Map.of("type", "mouseMoved", "x", place.get("x"), "y", place.get("y")));
  }

  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      JsonNode unused = send("Input.dispatchKeyEvent", Map.of("type", type, "key", key));
    }
  }

  /**
   * As a reader has it whose system is {@code dark} or {@code light}, on {@code screen} or paper.
   */
  void as(String medium, String scheme) {
    JsonNode unused =
        send(
            "Emulation.setEmulatedMedia",
            Map.of(
                "media",
                medium,
                "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private JsonNode send(String method, Map<String, Object> parameters) {
    int id = ++sent;
    Map<String, Object> command = new LinkedHashMap<>();
    command.put("id", id);
    command.put("method", method);
    command.put("params", parameters);
    socket.sendText(JSON.writeValueAsString(command), true).join();
    try {
      for (JsonNode answer = next(); answer != null; answer = next()) {
        if (answer.path("id").asInt(0) == id) {
          assertThat(answer.has("error")).as(answer.toString()).isFalse();
          return answer.get("result");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    throw new AssertionError("the browser has not answered " + method);
  }

  private @Nullable JsonNode next() throws InterruptedException {
    return answers.poll(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
    chromium.close();
  }

  /** Puts messages together again. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        answers.add(JSON.readTree(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
