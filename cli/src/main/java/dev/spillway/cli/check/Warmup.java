package dev.spillway.cli.check;

import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Asks an emulator that nobody else knows, so that what is loaded and compiled with the first calls
 * of a process is not measured as the first scenario's latency.
 */
final class Warmup {

  private static final int CALLS = 40;
  private static final String PATH =
      "/openai/deployments/micro/chat/completions?api-version=2024-10-21";

  private Warmup() {}

  static void run() throws InterruptedException {
    EmulatorConfig config = EmulatorConfig.defaults().toBuilder().listen("127.0.0.1:0").build();
    try (Emulator emulator = Emulator.start(config);
        HttpClient http = HttpClient.newHttpClient()) {
      URI address = emulator.uri().resolve(PATH);
      for (int i = 0; i < CALLS; i++) {
        String body =
            """
            {"messages":[{"role":"user","content":"Warm?"}],"max_tokens":20,"stream":%s}
            """
                .formatted(i % 2 == 0);
        HttpRequest call =
            HttpRequest.newBuilder(address)
                .header("api-key", "emulator-key")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        var unused = http.send(call, BodyHandlers.discarding());
      }
    } catch (IOException e) {
      // whoever comes next is the first, and slower
    }
  }
}
