package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code GET models} says: the region's catalogue, not the deployments. */
class ModelListTest {

  private static final String DATED = "?api-version=2024-10-21";

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  private Answer get(String path) {
    return get(emulator, path);
  }

  private static Answer get(EmulatorFixture emulator, String path) {
    return emulator.send("GET " + path + " HTTP/1.1\napi-key: " + EmulatorFixture.KEY, "");
  }

  private static List<String> ids(Answer answer) {
    assertThat(answer.statusLine()).endsWith("200 OK");
    JsonNode list = new JsonMapper().readTree(answer.body());
    assertThat(list.path("object").stringValue()).isEqualTo("list");
    return list.path("data").valueStream().map(one -> one.path("id").stringValue()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openai/models" + DATED,
        "/openai/v1/models",
        "/openai/v1/models?api-version=v1",
        "/openai/v1/models?api-version=preview"
      })
  void theCatalogueIsListedAndNoDeployment(String path) {
    assertThat(ids(get(path)))
        .contains(
            "gpt-4o-2024-11-20",
            "gpt-35-turbo-0125",
            "gpt-4-turbo-2024-04-09",
            "gpt-5.4-2026-03-05",
            "text-embedding-3-large-1",
            "dall-e-3-3.0",
            "whisper-001")
        .doesNotContain("micro", "35turbo", "mini")
        .doesNotHaveDuplicates();
  }

  @Test
  void aModelIsShownAsTheServiceShowsIt() {
    Answer answer = get("/openai/models/gpt-4o-2024-11-20" + DATED);

    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"gpt-4o-2024-11-20\",\"object\":\"model\",\"status\":\"succeeded\","
                + "\"lifecycle_status\":\"generally-available\",\"created_at\":1732060800,"
                + "\"updated_at\":1732060800,\"deprecation\":{\"inference\":1779235200},"
                + "\"capabilities\":{\"fine_tune\":false,\"inference\":true,\"completion\":false,"
                + "\"chat_completion\":true,\"embeddings\":false}}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("x-ms-region")).isEqualTo("East US");
    assertThat(answer.header("apim-request-id")).isNotEmpty();
  }

  @Test
  void onV1ItHasWhatOpenAisClientsNeed() {
    assertThat(get("/openai/v1/models/text-embedding-3-small").body())
        .startsWith(
            "{\"id\":\"text-embedding-3-small-1\",\"object\":\"model\",\"created\":1706140800,"
                + "\"owned_by\":\"system\",\"status\":\"succeeded\"")
        .contains("\"chat_completion\":false,\"embeddings\":true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openai/models",
        "/openai/models?api-version=latest",
        "/openai/models?api-version=v1",
        "/openai/v1/models?api-version=latest",
        "/openai/models/micro" + DATED,
        "/openai/models/" + DATED,
        "/openai/v1/models/nobody",
        "/openai/deployments/micro/models" + DATED
      })
  void whatIsNotThere(String path) {
    Answer answer = get(path);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(answer.body())
        .isEqualTo("{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}");
  }

  @Test
  void aDatedVersionOnV1IsNone() {
    assertThat(get("/openai/v1/models" + DATED).body())
        .contains("\"code\":\"BadRequest\"", "API version not supported");
  }

  @Test
  void onlyGetListsModels() {
    assertThat(emulator.post("/openai/models" + DATED, "{}").statusLine()).contains("404");
    assertThat(emulator.post("/openai/v1/models", "{}").statusLine()).contains("404");
  }

  @Test
  void withoutAKeyNothingIsListed() {
    assertThat(emulator.send("GET /openai/v1/models HTTP/1.1", "").statusLine()).contains("401");
  }

  @Test
  void whereVersionsAreStrictOneThatNeverWasIsNotFound() {
    try (EmulatorFixture strict =
        EmulatorFixture.ofYaml(
            "{listen: '127.0.0.1:0', api-versions: strict, resources: {a: {keys: [emulator-key-1]}}}")) {
      assertThat(get(strict, "/openai/models" + DATED).statusLine()).contains("200");
      assertThat(get(strict, "/openai/models?api-version=2024-10-22").statusLine()).contains("404");
    }
  }

  @Test
  void itIsInTheJournalWithoutADeployment() {
    assertThat(ids(get("/openai/v1/models"))).isNotEmpty();

    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.path()).isEqualTo("/openai/v1/models");
          assertThat(entry.status()).isEqualTo(200);
        })
        .extracting(JournalEntry::deployment, JournalEntry::reason)
        .containsExactly(null, null);
  }

  @Test
  void aModelOfTheConfigurationIsListedAndServed() {
    try (EmulatorFixture other =
        EmulatorFixture.ofYaml(
            """
            listen: 127.0.0.1:0
            models:
              - {name: gpt-9, version: "2027-01-01", rpm: 3, does: [chat], status: preview}
              - {name: gpt-4o, does: [embeddings], vector: 5}
            resources:
              a:
                keys: [emulator-key-1]
                deployments:
                  nine: {model: gpt-9, capacity: 10}
                  other: {model: gpt-4o, capacity: 10}
            """)) {
      assertThat(ids(get(other, "/openai/v1/models"))).contains("gpt-9-2027-01-01");
      assertThat(get(other, "/openai/v1/models/gpt-9").body())
          .contains("\"lifecycle_status\":\"preview\"");
      assertThat(other.control().deployment("nine").requests().limit().count()).isEqualTo(30);
      assertThat(other.chat("nine", "2024-10-21", EmulatorFixture.body(4, "")).statusLine())
          .contains("200");
      assertThat(other.chat("other", "2024-10-21", EmulatorFixture.body(4, "")).body())
          .contains("OperationNotSupported");
    }
  }
}
