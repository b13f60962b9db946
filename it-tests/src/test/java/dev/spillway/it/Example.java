package dev.spillway.it;

import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Both programs as the files of a folder below {@code examples} have them, on free ports and on one
 * clock that stands still unless a test moves it.
 */
final class Example implements AutoCloseable {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final Emulator emulator;
  private final FailoverRouter router;

  private Example(Path folder, Map<String, String> environment) {
    Map<String, String> names = new HashMap<>(environment);
    names.put("EMULATOR_LISTEN", "127.0.0.1:0");
    names.put("ROUTER_LISTEN", "127.0.0.1:0");
    emulator =
        Emulator.start(EmulatorConfig.read(folder.resolve("emulator.yaml"), names::get), clock);
    names.put("EMULATOR", emulator.uri().toString().replaceFirst("/$", ""));
    router =
        FailoverRouter.start(RouterConfig.read(folder.resolve("router.yaml"), names::get), clock);
  }

  /**
   * Starts both.
   *
   * @param environment the keys that the files ask for by name
   */
  static Example of(String name, Map<String, String> environment) {
    return new Example(Program.root().resolve("examples").resolve(name), environment);
  }

  EmulatorControl control() {
    return emulator.control();
  }

  void advance(Duration duration) {
    clock.advance(duration);
  }

  /** Posts to the router; the headers are names and values in turn. */
  Answer post(String path, String body, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(router.uri().resolve(path))
            .headers(headers)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return new Answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<JournalEntry> journal() {
    return control().journal(JournalQuery.all());
  }

  @Override
  public void close() {
    http.close();
    router.close();
    emulator.close();
  }
}
