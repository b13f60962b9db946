package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What compose.yaml mounts is there, works together, and lets Prometheus in. */
final class ComposeIT {

  private static final Path FILES = Program.root().resolve("examples/compose");

  @Test
  void everyMountedFileIsThere() throws IOException {
    JsonNode services = yaml(Program.root().resolve("compose.yaml")).get("services");

    assertThat(services.propertyNames()).contains("emulator", "router", "prometheus");
    for (JsonNode service : services) {
      JsonNode own = service.has("volumes") ? service : service.get("<<");
      for (JsonNode volume : own.get("volumes")) {
        String from = volume.asString().substring(0, volume.asString().indexOf(':'));
        assertThat(Program.root().resolve(from)).exists();
      }
    }
  }

  @Test
  void theRouterFailsOverToTheEmulatorAndPrometheusMayScrapeBoth() throws Exception {
    EmulatorConfig emulatorConfig =
        EmulatorConfig.read(FILES.resolve("emulator.yaml"), Map.<String, String>of()::get);
    try (Emulator emulator =
            Emulator.start(emulatorConfig.toBuilder().listen("127.0.0.1:0").build());
        FailoverRouter router = router(emulator);
        HttpClient http = HttpClient.newHttpClient()) {
      URI chat =
          router
              .uri()
              .resolve("/openai/deployments/gpt-35-turbo/chat/completions?api-version=2024-10-21");
      for (int i = 0; i < 5; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(chat)
                .header("api-key", "caller-key")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }

      for (JsonNode job : yaml(FILES.resolve("prometheus.yml")).get("scrape_configs")) {
        URI metrics =
            (job.get("job_name").asString().equals("router") ? router.uri() : emulator.uri())
                .resolve("/metrics");
        String token = job.at("/authorization/credentials").asString();
        HttpRequest scrape =
            HttpRequest.newBuilder(metrics).header("Authorization", "Bearer " + token).build();
        assertThat(http.send(scrape, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  private static FailoverRouter router(Emulator emulator) {
    Map<String, String> environment =
        Map.of("EMULATOR", emulator.uri().toString().replaceFirst("/$", ""));
    RouterConfig config = RouterConfig.read(FILES.resolve("router.yaml"), environment::get);
    return FailoverRouter.start(config.withListen("127.0.0.1:0"), TimeSource.system());
  }

  private static JsonNode yaml(Path file) throws IOException {
    LoadSettings settings = LoadSettings.builder().build();
    return new JsonMapper().valueToTree(new Load(settings).loadFromString(Files.readString(file)));
  }
}
