package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend keeps is asked of that backend. */
class StayTest {

  private static final String MODEL = "{\"model\":\"gpt-35-turbo\",\"input\":\"x\"}";
  private static final String GOES_ON =
      "{\"model\":\"gpt-35-turbo\",\"previous_response_id\":\"resp_1\"}";
  private static final String THROTTLED = "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}";
  private static final String NOT_FOUND = "{\"error\":{\"code\":\"404\",\"message\":\"x\"}}";
  private static final String NO_SUCH_RESPONSE =
      "{\"error\":{\"code\":\"previous_response_not_found\",\"message\":\"x\"}}";
  private static final String RESPONSE = "{\"id\":\"resp_1\",\"output\":[]}";
  private static final String STREAM =
      """
      event: response.created
      data: {"type":"response.created","response":{"id":"resp_1"}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"Hi"}

      event: response.completed
      data: {"type":"response.completed","response":{"id":"resp_1"}}

      """;

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /openai/v1/responses/resp_1",
    "GET, /openai/v1/responses/resp_1/input_items?limit=2",
    "POST, /openai/v1/responses/resp_1/cancel",
    "DELETE, /openai/v1/responses/resp_1",
    "GET, /openai/responses/resp_1?api-version=2025-04-01-preview",
  })
  void aResponseIsAskedOfTheBackendThatMadeIt(String method, String path) throws Exception {
    FailoverRouter router = made("application/json", RESPONSE);

    HttpResponse<String> answer = send(router, method, path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(turbo.last().method()).isEqualTo(method);
    assertThat(turbo.last().uri()).startsWith(path.replaceFirst("\\?api.*", ""));
    assertThat(micro.seen()).hasSize(1);
    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .isEqualTo("resp_1 is at turbo -> turbo=200(0ms)");
  }

  @ParameterizedTest
  @CsvSource({"application/json", "text/event-stream"})
  void aResponseThatGoesOnGoesToTheBackendThatMadeTheFirst(String type) throws Exception {
    FailoverRouter router = made(type, type.endsWith("json") ? RESPONSE : STREAM);

    HttpResponse<String> answer = fixture.post(router, "/openai/v1/responses", GOES_ON);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(micro.seen()).hasSize(1);
    assertThat(turbo.seen()).hasSize(2);
  }

  @Test
  void aPathOfTheUsersOwnGoesOnWhereItBegan() throws Exception {
    micro.answering(429, THROTTLED, "Retry-After", "3");
    turbo.answering(200, RESPONSE);
    String yaml =
        RouterFixture.yaml(micro.url(), turbo.url())
            .replace("routes:\n", "routes:\n  - {path: /ask, operation: responses, pool: gpt}\n");
    FailoverRouter router = fixture.start(yaml, fixture.clock);
    fixture.post(router, "/ask", "{\"input\":\"x\"}");
    fixture.post(router, "/router/backends/micro/reset", "");

    fixture.post(router, "/ask", "{\"previous_response_id\":\"resp_1\"}");

    assertThat(micro.seen()).hasSize(1);
    assertThat(turbo.last().uri()).isEqualTo("/openai/responses?api-version=2024-10-21");
    assertThat(new String(turbo.last().body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"model\":\"35turbo\",\"previous_response_id\":\"resp_1\"}");
  }

  /** No other backend can go on with it, so the caller is told to wait. */
  @Test
  void whatIsAtAThrottledBackendWaitsForIt() throws Exception {
    FailoverRouter router = made("application/json", RESPONSE);
    turbo.answering(429, THROTTLED, "Retry-After", "7");

    HttpResponse<String> answer = fixture.post(router, "/openai/v1/responses", GOES_ON);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
    assertThat(micro.seen()).hasSize(1);
  }

  @Test
  void whatNobodyRemembersIsLookedForAndThenRemembered() throws Exception {
    micro.answering(404, NOT_FOUND);
    turbo.answering(200, "{\"id\":\"file-1\"}");
    FailoverRouter router = router();

    HttpResponse<String> first = send(router, "GET", "/openai/v1/files/file-1");
    HttpResponse<String> second = send(router, "DELETE", "/openai/v1/files/file-1");

    assertThat(first.headers().firstValue("x-router-trace").orElseThrow())
        .isEqualTo("file-1 is looked for -> micro=404(0ms) -> turbo=200(0ms)");
    assertThat(second.headers().firstValue("x-router-trace").orElseThrow())
        .isEqualTo("file-1 is at turbo -> turbo=200(0ms)");
    assertThat(send(router, "DELETE", "/openai/v1/files/file-1").statusCode()).isEqualTo(404);
    assertThat(micro.seen()).hasSize(1);
  }

  @Test
  void whatNobodyHasIsNotFoundAndBenchesNobody() throws Exception {
    micro.answering(404, NOT_FOUND);
    turbo.answering(404, NOT_FOUND);
    FailoverRouter router = router();

    for (int i = 0; i < 6; i++) {
      assertThat(send(router, "GET", "/openai/v1/responses/resp_9").statusCode()).isEqualTo(404);
    }
    assertThat(fixture.get(router, "/router/backends").body())
        .doesNotContain("resting", "benched", "quarantined");
  }

  /** A backend that could not be asked may have it, so nobody may say that it does not exist. */
  @Test
  void whileABackendIsThrottledNothingIsKnownToBeNowhere() throws Exception {
    micro.answering(429, THROTTLED, "Retry-After", "3");
    turbo.answering(404, NOT_FOUND);

    assertThat(send(router(), "GET", "/openai/v1/files/file-1").statusCode()).isEqualTo(429);
  }

  @Test
  void aResponseThatGoesOnFromAnUnknownOneIsFinishedWhereThatIs() throws Exception {
    micro.answering(400, NO_SUCH_RESPONSE);

    HttpResponse<String> answer = fixture.post(router(), "/openai/v1/responses", GOES_ON);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-router-backend")).hasValue("turbo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openai/v1/files/file-1", "/openai/files/file-1?api-version=2024-10-21"})
  void nothingIsDeletedByGuessing(String path) throws Exception {
    HttpResponse<String> answer = send(router(), "DELETE", path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("x-router-origin")).hasValue("router");
    assertThat(answer.body()).contains("file-1");
    assertThat(micro.seen()).isEmpty();
    assertThat(turbo.seen()).isEmpty();
  }

  @Test
  void whereThereIsOneBackendThereIsNothingToGuess() throws Exception {
    String yaml =
        RouterFixture.yaml(micro.url(), turbo.url())
            .replace("    - {backend: turbo, priority: 2}\n", "");
    FailoverRouter router = fixture.start(yaml, fixture.clock);

    assertThat(send(router, "DELETE", "/openai/v1/files/file-1").statusCode()).isEqualTo(200);
    assertThat(micro.last().method()).isEqualTo("DELETE");
  }

  @Test
  void aFileThatWasUploadedElsewhereIsWorkedOnThere() throws Exception {
    micro.answering(429, THROTTLED, "Retry-After", "3");
    turbo.answering(200, "{\"id\":\"file-1\",\"object\":\"file\"}");
    FailoverRouter router = router();
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b--\r\n";
    fixture.post(
        router, "/openai/v1/files", form, "Content-Type", "multipart/form-data;boundary=b");
    fixture.post(router, "/router/backends/micro/reset", "");
    turbo.answering(
        200, "{\"id\":\"batch_1\",\"input_file_id\":\"file-1\",\"output_file_id\":\"f2\"}");

    fixture.post(router, "/openai/v1/batches", "{\"input_file_id\":\"file-1\"}");
    send(router, "GET", "/openai/v1/files/f2/content");
    send(router, "POST", "/openai/v1/batches/batch_1/cancel");

    assertThat(turbo.seen().stream().map(seen -> seen.method() + " " + seen.uri()))
        .containsExactly(
            "POST /openai/v1/files",
            "POST /openai/v1/batches",
            "GET /openai/v1/files/f2/content",
            "POST /openai/v1/batches/batch_1/cancel");
    assertThat(new String(turbo.seen().getFirst().body(), StandardCharsets.UTF_8)).isEqualTo(form);
    assertThat(micro.seen()).hasSize(1);
  }

  @Test
  void modelsAreTheNamesThatTheCallerMayUse() throws Exception {
    FailoverRouter router =
        router("clients: [{name: a, key: ka}, {name: b, key: kb, routes: [/completions]}]");

    HttpResponse<String> list = fixture.get(router, "/openai/v1/models", "api-key", "ka");

    assertThat(list.body())
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-35-turbo\",\"object\":\"model\","
                + "\"created\":0,\"owned_by\":\"spillway\"}]}");
    assertThat(list.headers().firstValue("x-router-origin")).hasValue("router");
    assertThat(fixture.get(router, "/openai/models?api-version=x", "api-key", "ka").body())
        .isEqualTo(list.body());
    assertThat(fixture.get(router, "/openai/v1/models", "api-key", "kb").body())
        .isEqualTo("{\"object\":\"list\",\"data\":[]}");
    assertThat(fixture.get(router, "/openai/v1/models/gpt-35-turbo", "api-key", "ka").statusCode())
        .isEqualTo(200);
    assertThat(fixture.get(router, "/openai/v1/models/gpt-35-turbo", "api-key", "kb").statusCode())
        .isEqualTo(404);
    assertThat(micro.seen()).isEmpty();
  }

  /** A backend would show its own names. */
  @Test
  void noBackendIsAskedForTheModelsInWhateverWay() throws Exception {
    FailoverRouter router = router("clients: [{name: a, key: ka}]");

    for (String method : List.of("HEAD", "OPTIONS")) {
      assertThat(fixture.ask(method, router, "/openai/v1/models", "api-key", "ka").statusCode())
          .isEqualTo(200);
    }
    assertThat(micro.seen()).isEmpty();
  }

  @Test
  void whereARouteTakesEveryModelThereIsEveryModel() throws Exception {
    String any =
        RouterFixture.yaml(micro.url(), turbo.url())
            .replace("{model: gpt-35-turbo, pool: gpt}", "{model: '*', pool: gpt}");
    FailoverRouter router = fixture.start(any, fixture.clock);

    assertThat(any).contains("model: '*'");
    assertThat(fixture.get(router, "/openai/v1/models").body())
        .isEqualTo("{\"object\":\"list\",\"data\":[]}");
    assertThat(fixture.get(router, "/openai/v1/models/gpt-9").body()).contains("\"gpt-9\"");
    assertThat(micro.seen()).isEmpty();
  }

  @Test
  void withSeveralPoolsARouteSaysWhoKeepsFiles() throws Exception {
    String two =
        RouterFixture.yaml(micro.url(), turbo.url())
            .replace(
                "routes:\n", "  other: [{backend: turbo}]\nroutes:\n  - {model: o, pool: other}\n");
    FailoverRouter without = fixture.start(two, fixture.clock);
    FailoverRouter with =
        fixture.start(
            two.replace("routes:\n", "routes:\n  - {resource: true, pool: other}\n"),
            fixture.clock);

    assertThat(send(without, "GET", "/openai/v1/files").statusCode()).isEqualTo(404);
    assertThat(send(without, "GET", "/openai/v1/files").body()).contains("{resource: true, pool:");
    assertThat(send(with, "GET", "/openai/v1/files").statusCode()).isEqualTo(200);
    assertThat(turbo.last().uri()).isEqualTo("/openai/v1/files");
    assertThat(turbo.seen()).hasSize(1);
  }

  @Test
  void whatIsKnownSurvivesAReload() throws Exception {
    FailoverRouter router = made("application/json", RESPONSE);
    router.reload(config("max-attempts: 4"));

    send(router, "GET", "/openai/v1/responses/resp_1");

    assertThat(turbo.seen()).hasSize(2);
    assertThat(micro.seen()).hasSize(1);
  }

  /** A router where micro was throttled when a response was made, and is not any more. */
  private FailoverRouter made(String type, String answer) throws Exception {
    micro.answering(429, THROTTLED, "Retry-After", "3");
    turbo.answeringWith(200, type, answer);
    FailoverRouter router = router();
    assertThat(fixture.post(router, "/openai/v1/responses", MODEL).statusCode()).isEqualTo(200);
    fixture.post(router, "/router/backends/micro/reset", "");
    micro.answering(200, RESPONSE);
    turbo.answering(200, RESPONSE);
    return router;
  }

  private FailoverRouter router(String... moreLines) {
    return fixture.router(micro.url(), turbo.url(), moreLines);
  }

  private RouterConfig config(String... moreLines) {
    String yaml = RouterFixture.yaml(micro.url(), turbo.url(), moreLines);
    return RouterConfig.parse("router.yaml", yaml, name -> null);
  }

  private HttpResponse<String> send(FailoverRouter router, String method, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(router.uri() + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return fixture.client.send(request, BodyHandlers.ofString());
  }
}
