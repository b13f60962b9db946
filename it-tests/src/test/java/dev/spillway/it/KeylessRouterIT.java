package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router before resources that take no keys, with the emulator as their Entra. */
final class KeylessRouterIT {

  private static final String CLIENT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
  private static final String CALLER_KEY = "the-key-of-the-caller";

  private static final String ROUTER =
      """
      listen: 127.0.0.1:0
      ca: "${FOLDER}/spillway-ca.pem"
      clients: [{name: analysts, key: the-key-of-the-caller}]
      backends:
        micro:
          url: "${EMULATOR}/keyless"
          api-version: 2024-10-21
          credential: %s
        spare: {url: "${EMULATOR}/keyed", deployment: micro, api-version: 2024-10-21, api-key: the-key-of-azure}
      pools:
        gpt: [{backend: micro, priority: 1}, {backend: spare, priority: 2}]
      routes: [{path: /completions, operation: chat/completions, pool: gpt}]
      """;

  private static final String WITH_SECRET =
      """
      {type: client-secret, tenant: 11111111-2222-3333-4444-555555555555,
            client-id: aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee, secret: "${SECRET}", authority: "${AUTHORITY}"}\
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private Emulator emulator;

  @BeforeEach
  void start() {
    emulator =
        Emulator.start(
            EmulatorConfig.parse(
                "emulator.yaml",
                """
                listen: 127.0.0.1:0
                tls: {listen: 127.0.0.1:0, folder: "${FOLDER}"}
                entra:
                  mode: validated
                  tenant: 11111111-2222-3333-4444-555555555555
                  clients: {aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee: the-secret}
                  default-roles: []
                  principals:
                    system-assigned: {roles: [Cognitive Services OpenAI User]}
                    aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee: {roles: [Cognitive Services OpenAI User]}
                resources:
                  keyless:
                    local-auth: false
                    deployments: {micro: {model: gpt-4o, capacity: 100}}
                  keyed:
                    keys: [the-key-of-azure]
                    deployments: {micro: {model: gpt-4o, capacity: 100}}
                """,
                Map.of("FOLDER", folder.toString())::get));
  }

  @AfterEach
  void stop() {
    assertThat(journal()).asString().doesNotContain("eyJ", "the-secret", CALLER_KEY);
    emulator.close();
    http.close();
  }

  @Test
  void aClientWithASecretIsWhomTheBackendSees() throws Exception {
    try (FailoverRouter router = router("the-secret")) {
      awaitToken(router.uri());

      assertThat(emulator.control().journal(JournalQuery.all()))
          .filteredOn(call -> "keyless".equals(call.resource()))
          .extracting(JournalEntry::caller)
          .containsOnly(CLIENT);
      assertThat(router.traces()).asString().doesNotContain("eyJ", "the-secret", CALLER_KEY);
    }
  }

  @Test
  void aTokenThatTheBackendRefusesIsReplacedAndTheSameBackendServes() throws Exception {
    try (FailoverRouter router = router("the-secret")) {
      awaitToken(router.uri());
      var unused = emulator.control().advance(Duration.ofHours(2));

      assertThat(ask(router.uri())).isEqualTo("micro=401 -> micro=200");
      assertThat(ask(router.uri())).isEqualTo("micro=200");
    }
  }

  @Test
  void withoutATokenTheNextBackendServes() throws Exception {
    try (FailoverRouter router = router("a wrong secret")) {
      assertThat(ask(router.uri())).isEqualTo("micro=no-token -> spare=200");
      assertThat(ask(router.uri())).endsWith("-> spare=200");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            var unused = ask(router.uri());
            return router.traces().getFirst().contains("\"why\":\"AADSTS7000215: ");
          });

      assertThat(router.traces()).asString().doesNotContain("a wrong secret");
      assertThat(journal()).extracting(JournalEntry::resource).containsOnly("keyed");
    }
  }

  /** In a process of its own, since the identity is in the environment. */
  @Test
  void theIdentityOfTheMachineIsEnough() throws Exception {
    Path file =
        Files.writeString(folder.resolve("router.yaml"), ROUTER.formatted("managed-identity"));
    List<String> command =
        List.of(
            Program.javaHome().resolve("bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.spillway.cli.Main",
            "router",
            file.toString());
    Map<String, String> environment =
        Map.of(
            "FOLDER",
            folder.toString(),
            "EMULATOR",
            emulator.uri().toString(),
            "IDENTITY_ENDPOINT",
            emulator.uri() + "/msi/token",
            "IDENTITY_HEADER",
            "spillway-identity-header");
    try (Program router = Program.start(folder, environment, command)) {
      URI uri = URI.create(router.awaitOut("Router on (http://\\S+)"));

      awaitToken(uri);
      var unused = emulator.control().advance(Duration.ofHours(25));
      assertThat(ask(uri)).isEqualTo("micro=401 -> micro=200");
      assertThat(router.err()).doesNotContain("eyJ");
    }
  }

  private FailoverRouter router(String secret) {
    Map<String, String> names =
        Map.of(
            "FOLDER",
            folder.toString(),
            "EMULATOR",
            emulator.uri().toString(),
            "SECRET",
            secret,
            "AUTHORITY",
            "https://localhost:" + emulator.tlsUri().orElseThrow().getPort() + "/");
    return FailoverRouter.start(
        RouterConfig.parse("router.yaml", ROUTER.formatted(WITH_SECRET), names::get),
        TimeSource.system());
  }

  private List<JournalEntry> journal() {
    return emulator.control().journal(JournalQuery.all());
  }

  /** The first token comes as soon as Azure's libraries are loaded, which can take its time. */
  private void awaitToken(URI router) {
    await().atMost(Duration.ofSeconds(60)).until(() -> ask(router).equals("micro=200"));
  }

  /** What the router did, without how long it took. */
  private String ask(URI router) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(router.resolve("/completions"))
            .header("Authorization", "Bearer " + CALLER_KEY)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(Chat.plain()))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("x-router-trace").orElse("").replaceAll("\\([^)]*\\)", "");
  }
}
