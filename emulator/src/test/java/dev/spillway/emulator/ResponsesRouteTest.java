package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where responses are asked for, in which years, and with which api-versions. */
class ResponsesRouteTest {

  private static final String BODY = "{\"model\":\"mini\",\"input\":\"Hello\"}";

  @ParameterizedTest
  @CsvSource({
    // year, path, status
    "2026, /openai/v1/responses, 200",
    "2026, /openai/v1/responses?api-version=preview, 200",
    "2026, /openai/v1/responses?api-version=2025-04-01-preview, 400",
    "2026, /openai/v1/responses?api-version=latest, 404",
    "2026, /openai/responses?api-version=2025-03-01-preview, 200",
    "2026, /openai/responses?api-version=2025-04-01-preview, 200",
    "2026, /openai/responses, 404",
    "2026, /openai/responses?api-version=v1, 404",
    "2026, /openai/deployments/mini/responses?api-version=2025-04-01-preview, 404",
    "2026, /openai/chat/completions?api-version=2025-04-01-preview, 404",
    "2025, /openai/v1/responses, 200",
    "2025, /openai/responses?api-version=2025-03-01-preview, 200",
    "2024, /openai/v1/responses, 404",
    "2024, /openai/v1/responses/resp_1, 404",
    "2024, /openai/responses?api-version=2025-03-01-preview, 404",
    "2023, /openai/v1/responses, 404",
  })
  void aRouteIsThereOrNot(String wire, String path, int status) {
    try (EmulatorFixture emulator = EmulatorFixture.start(wire)) {
      assertThat(emulator.post(path, BODY).statusLine()).contains(" " + status + " ");
    }
  }

  @Test
  void aKeptOneIsFoundByEitherRoute() {
    try (EmulatorFixture emulator = EmulatorFixture.start("2026")) {
      String body = emulator.post("/openai/responses?api-version=2025-04-01-preview", BODY).body();
      String id = body.replaceAll("(?s).*?\"id\": \"(resp_[0-9a-f]+)\".*", "$1");

      assertThat(get(emulator, "/openai/v1/responses/" + id).body()).isEqualTo(body);
      assertThat(
              get(emulator, "/openai/responses/" + id + "?api-version=2025-04-01-preview").body())
          .isEqualTo(body);
      assertThat(get(emulator, "/openai/responses/" + id).statusLine()).contains("404");
    }
  }

  @Test
  void resourcesDoNotShareTheirResponses() {
    String yaml =
        """
        listen: 127.0.0.1:0
        resources:
          one: {region: eastus, keys: [emulator-key-1], deployments: {mini: {model: gpt-4.1-mini, capacity: 10}}}
          two: {region: eastus, keys: [emulator-key-1], deployments: {mini: {model: gpt-4.1-mini, capacity: 10}}}
        """;
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(yaml)) {
      String body = emulator.post("/one/openai/v1/responses", BODY).body();
      String id = body.replaceAll("(?s).*?\"id\": \"(resp_[0-9a-f]+)\".*", "$1");

      assertThat(get(emulator, "/one/openai/v1/responses/" + id).statusLine()).contains("200");
      assertThat(get(emulator, "/two/openai/v1/responses/" + id).statusLine()).contains("404");
    }
  }

  @ParameterizedTest
  @CsvSource({"2024-10-21, 400", "2025-02-01-preview, 400", "2025-03-01-preview, 200"})
  void strictVersionsSayFromWhichOnThereAreResponses(String version, int status) {
    String yaml =
        """
        listen: 127.0.0.1:0
        api-versions: strict
        resources:
          one: {region: eastus, keys: [emulator-key-1], deployments: {mini: {model: gpt-4.1-mini, capacity: 10}}}
        """;
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(yaml)) {
      Answer answer = emulator.post("/openai/responses?api-version=" + version, BODY);

      assertThat(answer.statusLine()).contains(" " + status + " ");
      if (status == 400) {
        assertThat(answer.body())
            .isEqualTo(
                "{\"error\":{\"code\":\"BadRequest\",\"message\": \"Azure OpenAI Responses API is"
                    + " enabled only for api-version 2025-03-01-preview and later\"}}");
      }
    }
  }

  @Test
  void in2025AnAnswerHasNothingThatCameLaterAndAStreamIsRefusedBeforeItBegins() {
    try (EmulatorFixture emulator = EmulatorFixture.start("2025")) {
      String body = emulator.post("/openai/v1/responses", BODY).body();

      assertThat(body)
          .contains("\"content_filters\"")
          .doesNotContain("completed_at", "moderation", "tool_usage");
      String large =
          "{\"model\":\"mini\",\"stream\":true,\"input\":\"" + "a".repeat(600_000) + "\"}";
      assertThat(emulator.post("/openai/v1/responses", large).statusLine())
          .isEqualTo("HTTP/1.1 429 Too Many Requests");
    }
  }

  private static Answer get(EmulatorFixture emulator, String path) {
    return emulator.send("GET " + path + " HTTP/1.1\napi-key: " + EmulatorFixture.KEY, "");
  }
}
