package dev.spillway.it;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One emulator for all tests of a class, with a deployment for everything that a client can ask, on
 * a clock that stands still; with TLS and without.
 */
final class OneEmulator implements AutoCloseable {

  static final String KEY = "the-key-of-azure";

  /** A deployment for which every call is too much. */
  static final String BUSY = "busy";

  /** The same for vectors. */
  static final String BUSY_VECTORS = "busy-vectors";

  private static final Map<String, String> MODELS =
      Map.ofEntries(
          Map.entry("omni", "gpt-4o"),
          Map.entry("mini", "gpt-4.1-mini"),
          Map.entry("five4", "gpt-5.4"),
          Map.entry("nano", "gpt-5-nano"),
          Map.entry("vectors", "text-embedding-3-small"),
          Map.entry("instruct", "gpt-35-turbo-instruct"),
          Map.entry("dall-e", "dall-e-3"),
          Map.entry("pictures", "gpt-image-1"),
          Map.entry("voice", "tts"),
          Map.entry("ears", "whisper"),
          Map.entry("transcripts", "gpt-4o-transcribe"));

  private final String wire;
  private final Path folder;
  private final Emulator emulator;
  private final Trust trust;

  private OneEmulator(String wire) {
    this.wire = wire;
    try {
      folder = Files.createTempDirectory("spillway-clients");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    emulator =
        Emulator.start(
            EmulatorConfig.parse(
                "emulator.yaml",
                """
                listen: 127.0.0.1:0
                wire: "${WIRE}"
                tls: {listen: 127.0.0.1:0, folder: "${FOLDER}"}
                resources:
                  contoso: {region: eastus, keys: [the-key-of-azure], deployments: {}}
                """,
                Map.of("WIRE", wire, "FOLDER", folder.toString())::get),
            VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z")));
    trust = Trust.of(folder);
    MODELS.forEach((name, model) -> deploy(name, model, Limit.of(1_000)));
    deployBusy(BUSY, "gpt-4o");
    deployBusy(BUSY_VECTORS, "text-embedding-3-small");
  }

  /** Speaks as Azure OpenAI did in this year. */
  static OneEmulator of(String wire) {
    return new OneEmulator(wire);
  }

  String year() {
    return wire;
  }

  URI uri() {
    return emulator.uri();
  }

  /** For clients that keep their key to themselves where there is no TLS. */
  URI secureUri() {
    return emulator.tlsUri().orElseThrow();
  }

  Trust trust() {
    return trust;
  }

  EmulatorControl control() {
    return emulator.control();
  }

  private void deploy(String name, String model, Limit limit) {
    control().put(DeploymentSpec.standard(name, model, limit));
  }

  private void deployBusy(String name, String model) {
    control()
        .put(
            new DeploymentSpec(
                name, model, null, "Standard", Limit.of(1), Limit.of(1), null, null, null));
  }

  /** An MP3 of the emulator's own voice. */
  byte[] speech(String text) {
    URI address =
        uri().resolve("/openai/deployments/voice/audio/speech?api-version=2025-04-01-preview");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("api-key", KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"input\":\"" + text + "\",\"voice\":\"alloy\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The calls that the emulator has seen of one deployment: {@code POST /openai/… 200}. */
  List<String> calls(String deployment) {
    return control().journal(JournalQuery.ofDeployment(deployment)).stream()
        .map(OneEmulator::line)
        .toList();
  }

  private static String line(JournalEntry call) {
    return call.method() + " " + call.path() + " " + call.status();
  }

  @Override
  public String toString() {
    return "wire " + wire;
  }

  @Override
  public void close() {
    trust.close();
    emulator.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
