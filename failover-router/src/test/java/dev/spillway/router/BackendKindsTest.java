package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call of any shape is finished by a backend of any kind. */
class BackendKindsTest {

  private static final String CHAT =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\u20ac\"}]}";
  private static final String THROTTLED = "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}";
  private static final String FORM = "multipart/form-data; boundary=b0";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend azure = fixture.backend();
  private final FakeBackend openai = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Issue: a dated call is served by an OpenAI-compatible endpoint. */
  @ParameterizedTest
  @ValueSource(strings = {"/completions", "/openai/deployments/gpt-35-turbo/chat/completions"})
  void aDatedCallIsFinishedByAnOpenAiBackend(String path) throws Exception {
    azure.answering(429, THROTTLED);

    HttpResponse<String> answer =
        fixture.post(router(), path + "?api-version=2024-02-01&a=b", CHAT, "api-key", "callers");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(azure.last().uri())
        .isEqualTo("/openai/deployments/dep-1/chat/completions?api-version=2023-07-01-preview&a=b");
    assertThat(azure.last().header("Api-key")).isEqualTo("azure-key");
    assertThat(text(azure)).isEqualTo(CHAT);
    assertThat(openai.last().uri()).isEqualTo("/v1/chat/completions?a=b");
    assertThat(text(openai)).isEqualTo("{\"model\":\"gpt-4o\"," + CHAT.substring(1));
    assertThat(openai.last().header("Authorization")).isEqualTo("Bearer openai-key");
    assertThat(openai.last().headers()).doesNotContainKey("Api-key");
  }

  @Test
  void aCallOnV1IsFinishedByABackendThatKnowsDatedRoutesOnly() throws Exception {
    openai.answering(500, "{}");
    String yaml =
        yaml()
            .replace("deployment: dep-1,", "deployment: dep-1, route: dated,")
            .replace("{backend: azure, priority: 1}", "{backend: azure, priority: 3}");
    FailoverRouter router = fixture.start(yaml, fixture.clock);
    String body = "{\"input\":\"\u20ac\",\"model\":\"gpt-35-turbo\"}";

    assertThat(fixture.post(router, "/openai/v1/embeddings", body).statusCode()).isEqualTo(200);

    assertThat(text(openai)).isEqualTo(body.replace("gpt-35-turbo", "gpt-4o"));
    assertThat(azure.last().uri())
        .isEqualTo("/openai/deployments/dep-1/embeddings?api-version=2023-07-01-preview");
    assertThat(text(azure)).isEqualTo(body.replace("gpt-35-turbo", "dep-1"));
    assertThat(azure.last().headers()).doesNotContainKey("Authorization");
  }

  /** Thread 78: uploads of sound go the same way as everything else. */
  @ParameterizedTest
  @CsvSource({
    "/openai/v1/audio/transcriptions, /openai/v1/audio/transcriptions, dep-1",
    "/openai/v1/images/edits, /openai/v1/images/edits, dep-1",
    "/openai/deployments/gpt-35-turbo/audio/translations,"
        + " /openai/deployments/dep-1/audio/translations?api-version=2023-07-01-preview,"
        + " gpt-35-turbo",
  })
  void aFormIsFinishedElsewhereWithItsModelRenamed(String path, String asked, String model)
      throws Exception {
    azure.answering(502, "{}");
    String form =
        "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n"
            + "\u0000\r\n--b\r\n\u20ac".repeat(1000)
            + "\r\n--b0\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n@\r\n--b0--\r\n";

    HttpResponse<String> answer =
        fixture.post(router(), path, form.replace("@", "gpt-35-turbo"), "Content-Type", FORM);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(azure.last().uri()).isEqualTo(asked);
    assertThat(text(azure).equals(form.replace("@", model))).isTrue();
    assertThat(openai.last().header("Content-type")).isEqualTo(FORM);
    assertThat(text(openai).equals(form.replace("@", "gpt-4o"))).isTrue();
  }

  @Test
  void aFormWithoutAModelIsNoCallOnV1() throws Exception {
    String form = "--b0\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--b0--\r\n";

    HttpResponse<String> answer =
        fixture.post(router(), "/openai/v1/audio/transcriptions", form, "Content-Type", FORM);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'model'");
  }

  @Test
  void anOpenAiBackendNeedsNoApiVersion() throws Exception {
    String yaml = yaml().replace("api-version: 2023-07-01-preview, ", "route: v1, ");
    FailoverRouter router = fixture.start(yaml, fixture.clock);

    assertThat(fixture.post(router, "/completions", CHAT).statusCode()).isEqualTo(200);
    assertThat(azure.last().uri()).isEqualTo("/openai/v1/chat/completions");
    assertThat(text(azure)).startsWith("{\"model\":\"dep-1\",");
  }

  @Test
  void aBackendsOwnHeadersTakeThePlaceOfTheCallers() throws Exception {
    azure.answering(429, THROTTLED);

    fixture.post(router(), "/completions", CHAT, "OpenAI-Organization", "callers", "x-a", "1");

    assertThat(azure.last().header("Openai-organization")).isEqualTo("callers");
    assertThat(openai.last().headers().get("Openai-organization")).containsExactly("org-1");
    assertThat(openai.last().header("X-a")).isEqualTo("1");
  }

  private FailoverRouter router() {
    return fixture.start(yaml(), fixture.clock);
  }

  private String yaml() {
    return """
    listen: 127.0.0.1:0
    backends:
      azure: {url: "%s", deployment: dep-1, api-version: 2023-07-01-preview, api-key: azure-key}
      openai: {kind: openai, url: "%s/v1/", model: gpt-4o, api-key: openai-key, headers: {openai-organization: org-1}}
    pools:
      gpt:
        - {backend: azure, priority: 1}
        - {backend: openai, priority: 2}
    routes:
      - {path: /completions, operation: chat/completions, pool: gpt}
      - {deployment: gpt-35-turbo, pool: gpt}
      - {model: gpt-35-turbo, pool: gpt}
    """
        .formatted(azure.url(), openai.url());
  }

  private static String text(FakeBackend backend) {
    return new String(backend.last().body(), StandardCharsets.UTF_8);
  }
}
