package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.time.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/embedding.md shows what is run here. */
class EmbeddingTest {

  private static final String YAML =
      """
      listen: 127.0.0.1:0
      backends:
        east: {url: "${EAST}", deployment: gpt-4o, api-version: 2024-10-21, api-key: "${AOAI_KEY}"}
        west: {url: "${WEST}", deployment: gpt-4o, api-version: 2024-10-21, api-key: "${AOAI_KEY}"}
      pools:
        gpt: [{backend: east, priority: 1}, {backend: west, priority: 2}]
      routes:
        - {deployment: gpt-4o, pool: gpt}
        - {model: gpt-4o, pool: gpt}
      """;

  @Test
  void aRouterInsideAProgramFinishesAThrottledRequest() throws Exception {
    try (FakeBackend east = FakeBackend.start();
        FakeBackend west = FakeBackend.start()) {
      east.answering(429, "{}", "Retry-After", "30");
      String yaml = YAML;
      Map<String, String> environment =
          Map.of("EAST", east.url(), "WEST", west.url(), "AOAI_KEY", "secret");
      String served;
      // snippet
      RouterConfig config = RouterConfig.parse("router.yaml", yaml, environment::get);
      try (FailoverRouter router = FailoverRouter.start(config, TimeSource.system())) {
        URI chat = router.uri().resolve("/openai/deployments/gpt-4o/chat/completions");
        HttpRequest request =
            HttpRequest.newBuilder(chat)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"messages\": []}"))
                .build();
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        served = answer.headers().firstValue("x-router-backend").orElseThrow(); // west

        router.reload(RouterConfig.parse("router.yaml", yaml, environment::get));
        boolean nothingWasCutOff = router.drain();
        // snippet
        assertThat(nothingWasCutOff).isTrue();
      }
      assertThat(served).isEqualTo("west");
    }
  }

  @Test
  void thePageShowsThis() throws Exception {
    String page = Files.readString(Path.of("../docs/embedding.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/spillway/router/EmbeddingTest.java"));
    String mark = "      // snippet\n";
    int start = source.indexOf(mark) + mark.length();
    String snippet = source.substring(start, source.indexOf("// snippet\n", start)).stripTrailing();

    assertThat(page).contains(YAML.strip());
    assertThat(page)
        .contains(
            snippet
                .lines()
                .map(line -> line.isEmpty() ? line : line.substring("      ".length()))
                .collect(Collectors.joining("\n")));
  }
}
