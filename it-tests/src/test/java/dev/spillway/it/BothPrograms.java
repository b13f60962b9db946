package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The emulator and the router of the seed story, on free ports and on one clock that stands still
 * unless a test moves it.
 *
 * <p>After each test every permit must be settled, and no caller's key may have reached the
 * emulator.
 */
final class BothPrograms implements AfterEachCallback {

  static final String API_VERSION = "2023-07-01-preview";
  static final String AZURE_KEY = "the-key-of-azure";
  static final String CALLER_KEY = "the-key-of-the-caller";
  static final String MICRO =
      "/openai/deployments/micro/chat/completions?api-version=" + API_VERSION;

  private static final String EMULATOR_YAML =
      """
      listen: 127.0.0.1:0
      wire: "${WIRE}"
      resources:
        contoso-eastus:
          region: eastus
          keys: ["${AOAI_KEY}"]
          deployments:
            micro:   {model: gpt-35-turbo, sku: Standard, capacity: 40}
            35turbo: {model: gpt-35-turbo, sku: Standard, capacity: 40}
      """;

  /** Without an emulator's address it points where nobody listens. */
  static final String ROUTER_YAML =
      """
      listen: 127.0.0.1:0
      clients:
        - {name: analysts, key: "${ROUTER_KEY}"}
      backends:
        micro:   {url: "${EMULATOR:-http://127.0.0.1:1}", deployment: micro,   api-version: 2023-07-01-preview, api-key: "${AOAI_KEY}"}
        35turbo: {url: "${EMULATOR:-http://127.0.0.1:1}", deployment: 35turbo, api-version: 2023-07-01-preview, api-key: "${AOAI_KEY}"}
      pools:
        gpt:
          - {backend: micro,   priority: 1}
          - {backend: 35turbo, priority: 2}
      routes:
        - {path: /completions, operation: chat/completions, pool: gpt}
        - {deployment: gpt-35-turbo, pool: gpt}
        - {model: gpt-35-turbo, pool: gpt}
      """;

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final Emulator emulator;
  private final FailoverRouter router;

  private BothPrograms(String wire) {
    Map<String, String> emulatorNames = Map.of("WIRE", wire, "AOAI_KEY", AZURE_KEY);
    emulator =
        Emulator.start(
            EmulatorConfig.parse("emulator.yaml", EMULATOR_YAML, emulatorNames::get), clock);
    Map<String, String> routerNames =
        Map.of(
            "EMULATOR", emulator.uri().toString(), "AOAI_KEY", AZURE_KEY, "ROUTER_KEY", CALLER_KEY);
    router =
        FailoverRouter.start(
            RouterConfig.parse("router.yaml", ROUTER_YAML, routerNames::get), clock);
  }

  /** Both, the emulator speaking as Azure OpenAI did in this year. */
  static BothPrograms of(String wire) {
    return new BothPrograms(wire);
  }

  URI emulator() {
    return emulator.uri();
  }

  URI router() {
    return router.uri();
  }

  EmulatorControl control() {
    return emulator.control();
  }

  void advance(Duration duration) {
    clock.advance(duration);
  }

  /** Gives a deployment this many thousand tokens a minute, and the calls that go with them. */
  void lower(String deployment, long thousands) {
    control().patch(deployment, DeploymentPatch.capacity(thousands));
  }

  /** Gives a deployment these tokens a minute, and calls without end. */
  void limitTokensOnly(String deployment, long tokensPerMinute) {
    DeploymentPatch patch =
        new DeploymentPatch(Limit.of(1), Limit.of(tokensPerMinute), Limit.UNLIMITED, null, null);
    control().patch(deployment, patch);
  }

  /** Leaves a deployment with a thousand tokens a minute and takes all but 100 of them. */
  void exhaust(String deployment) {
    limitTokensOnly(deployment, 1_000);
    String path = MICRO.replace("/micro/", "/" + deployment + "/");
    for (int i = 0; i < 3; i++) {
      assertThat(straight(path, Chat.plain()).status()).isEqualTo(200);
    }
  }

  /** Calls the emulator with its own key. */
  Answer straight(String path, String body) {
    return post(emulator().resolve(path), AZURE_KEY, body);
  }

  /** Calls the router with a caller's key. */
  Answer routed(String path, String body) {
    return post(router().resolve(path), CALLER_KEY, body);
  }

  Answer routed(Door door, boolean stream) {
    return routed(door.path(), door.body(stream));
  }

  /** A plain call of 300 tokens through the router. */
  Answer routed() {
    return routed(Door.PATH, false);
  }

  Answer post(URI address, String key, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("api-key", key)
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

  /** What the emulator saw, call by call: {@code micro 429}. */
  List<String> attempts() {
    return journal().stream().map(call -> call.deployment() + " " + call.status()).toList();
  }

  /** How often a deployment answered with this status. */
  long count(String deployment, int status) {
    return control().journal(JournalQuery.ofDeployment(deployment).withStatus(status)).size();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      await().until(() -> emulator.unsettledPermits() == 0);
      assertThat(journal()).asString().doesNotContain(CALLER_KEY);
      assertThat(router.traces()).asString().doesNotContain(CALLER_KEY, AZURE_KEY);
    } finally {
      http.close();
      router.close();
      emulator.close();
    }
  }
}
