package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the router answers by itself. */
class GatewayTest {

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, Resource not found",
    "/openai/deployments/gpt-35-turbo, 404, Resource not found",
    "/openai/deployments/gpt-35-turbo/../x/y, 404, Resource not found",
    "/openai/deployments/other/chat/completions, 404, DeploymentNotFound",
    "/openai/v1/chat/completions, 400, 'model'",
  })
  void whatTheRouterDoesNotServeIsAnsweredAsTheServiceWould(String path, int status, String text)
      throws Exception {
    HttpResponse<String> answer = fixture.post(router(), path, "{}");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":").contains(text);
    assertThat(answer.headers().firstValue("x-router-origin")).hasValue("router");
    assertThat(micro.seen()).isEmpty();
  }

  @Test
  void anUnknownModelIsAnUnknownDeployment() throws Exception {
    HttpResponse<String> answer =
        fixture.post(router(), "/openai/v1/responses", "{\"model\":\"other\"}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("DeploymentNotFound");
  }

  @Test
  void aMissingApiVersionIsSaidClearly() throws Exception {
    String yaml =
        RouterFixture.yaml(micro.url(), turbo.url()).replace("api-version: 2024-10-21, ", "");
    FailoverRouter router = fixture.start(yaml, fixture.clock);

    assertThat(fixture.post(router, "/completions", "{}").body()).contains("Missing api-version");
    assertThat(fixture.post(router, "/completions?api-version=2023-05-15", "{}").statusCode())
        .isEqualTo(200);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "POST /completions HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
        "POST /completions%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /completions?a=%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "POST /completions?a=|\" HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "POST /completions HTTP/1.1\r\n\r\n",
        "POST /completions HTTP/9.9\r\nHost: x\r\n\r\n",
        "POST /completions HTTP/1.1\r\nHost: x\r\nx: " + "y".repeat(100_000) + "\r\n\r\n",
        "POST /completions HTTP/1.1\r\nHost: x\r\nContent-Length: zz\r\n\r\n",
        "POST /completions/%2e%2e/router/traces HTTP/1.1\r\nHost: x\r\n\r\n",
        "TRACE /completions HTTP/1.1\r\nHost: x\r\n\r\n",
        "BREW /completions HTTP/1.1\r\nHost: x\r\n\r\n",
        "nonsense\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedHttpNeverShowsAPageOrAStackTrace(String request) throws Exception {
    FailoverRouter router = router();

    String answer = raw(router, request);

    assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505).*\\{\"error\":\\{\"code\":.*");
    assertThat(answer).containsIgnoringCase("x-router-origin: router");
    assertThat(answer).doesNotContainIgnoringCase("<html").doesNotContain("\tat ", "jetty");
    assertThat(micro.seen()).isEmpty();
    assertThat(fixture.post(router, "/completions", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void theAdminSideTellsWhatHappened() throws Exception {
    micro.answering(429, "{}", "Retry-After", "41");
    FailoverRouter router = router();
    fixture.post(router, "/completions", "{}");

    assertThat(fixture.get(router, "/router/health").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(fixture.get(router, "/router/backends").body())
        .contains("\"state\":\"resting\",\"left-ms\":41000", "\"state\":\"serving\",\"left-ms\":0");
    assertThat(fixture.get(router, "/router/traces").body())
        .contains("\"trace\":\"micro=429(retry-after 41s, 0ms) -> turbo=200(0ms)\"")
        .contains("\"execution\":\"NOT_EXECUTED\",\"took-ms\":0.0,\"wait-ms\":41000.0");
    assertThat(fixture.get(router, "/metrics").body())
        .contains("failovers_total{from=\"micro\",reason=\"429\",to=\"turbo\"} 1.0");

    assertThat(fixture.post(router, "/router/backends/micro/reset", "").statusCode())
        .isEqualTo(200);
    assertThat(fixture.get(router, "/router/backends").body()).doesNotContain("resting");
    assertThat(fixture.post(router, "/router/backends/nobody/reset", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aConfiguredAdminKeyIsAskedFor() throws Exception {
    FailoverRouter router = router("admin-key: boss");

    for (String path : new String[] {"/router/traces", "/router/backends", "/metrics"}) {
      assertThat(fixture.get(router, path).statusCode()).isEqualTo(401);
      assertThat(fixture.get(router, path, "api-key", "boss").statusCode()).isEqualTo(200);
    }
    assertThat(fixture.get(router, "/x/../router/traces").statusCode()).isEqualTo(404);
  }

  /** Only who may ask at all is told what there is. */
  @Test
  void whatTheAdminSideDoesNotHaveIsToldToWhoMayAsk() throws Exception {
    FailoverRouter router = router("admin-key: boss");

    assertThat(fixture.get(router, "/router/trace").statusCode()).isEqualTo(401);
    assertThat(fixture.get(router, "/router/trace", "api-key", "boss").statusCode()).isEqualTo(404);
    assertThat(fixture.post(router, "/router/traces", "").statusCode()).isEqualTo(401);
    HttpResponse<String> post = fixture.post(router, "/router/traces", "", "api-key", "boss");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
    HttpResponse<String> get = fixture.get(router, "/router/reload", "api-key", "boss");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
  }

  /** Many a load balancer asks so. */
  @Test
  void readinessCanBeAskedByHead() throws Exception {
    HttpResponse<String> head = fixture.ask("HEAD", router(), "/router/ready");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void everyAnswerHasAnIdByWhichItsTraceIsFound() throws Exception {
    FailoverRouter router = router();
    String id = id(fixture.post(router, "/completions", "{}"));
    String other = id(fixture.post(router, "/nowhere", "{}"));

    assertThat(id).matches("[0-9a-f]{8}-00000000").isNotEqualTo(other);
    assertThat(fixture.get(router, "/router/traces/" + id).body())
        .startsWith("{\"id\":\"" + id + "\"")
        .contains("\"trace\":\"micro=200(0ms)\"");
    assertThat(fixture.get(router, "/router/traces/" + other).statusCode()).isEqualTo(404);
  }

  @Test
  void tracesAreFoundByBackendStatusAndCaller() throws Exception {
    micro.answering(429, "{}", "Retry-After", "41");
    FailoverRouter router = router();
    String swapped = id(fixture.post(router, "/completions", "{}"));
    turbo.answering(400, "{}");
    String refused = id(fixture.post(router, "/completions", "{}"));

    assertThat(traces(router, "")).contains(swapped, refused);
    assertThat(traces(router, "?backend=micro")).contains(swapped).doesNotContain(refused);
    assertThat(traces(router, "?backend=turbo&status=4xx"))
        .contains(refused)
        .doesNotContain(swapped);
    assertThat(traces(router, "?status=200&caller=anybody"))
        .contains(swapped)
        .doesNotContain(refused);
    assertThat(traces(router, "?caller=nobody")).isEqualTo("{\"traces\":[]}");
  }

  private String traces(FailoverRouter router, String query) throws Exception {
    return fixture.get(router, "/router/traces" + query).body();
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-router-request-id").orElseThrow();
  }

  @Test
  void tracesCanBeSwitchedOff() throws Exception {
    FailoverRouter router = router("traces: 0");
    fixture.post(router, "/completions", "{}");

    assertThat(fixture.get(router, "/router/traces").body()).isEqualTo("{\"traces\":[]}");
  }

  @Test
  void aCallerMayUseTheRoutesAndPoolsThatItsKeyIsFor() throws Exception {
    String clients =
        """
        clients:
          - {name: analysts, key: one, routes: [gpt-35-turbo]}
          - {name: batch, key: two, routes: [/completions]}
          - {name: chief, key: three, routes: [gpt]}
        """;
    FailoverRouter router = router(clients);
    String dated = "/openai/deployments/gpt-35-turbo/chat/completions";

    HttpResponse<String> refused = fixture.post(router, dated, "{}", "api-key", "two");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("The client 'batch' may not use 'gpt-35-turbo'.");
    assertThat(refused.headers().firstValue("x-router-origin")).hasValue("router");
    assertThat(micro.seen()).isEmpty();
    assertThat(fixture.post(router, dated, "{}", "api-key", "one").statusCode()).isEqualTo(200);
    assertThat(fixture.post(router, "/completions", "{}", "api-key", "two").statusCode())
        .isEqualTo(200);
    for (String path : new String[] {dated, "/completions"}) {
      assertThat(fixture.post(router, path, "{}", "api-key", "three").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsSaidInOneLine() {
    FailoverRouter first = router();
    RouterConfig config =
        RouterConfig.parse("r", RouterFixture.yaml(micro.url(), turbo.url()), name -> null)
            .withListen("127.0.0.1:" + first.port());

    assertThatThrownBy(() -> FailoverRouter.start(config, fixture.clock))
        .isInstanceOf(RouterStartException.class)
        .hasMessage("127.0.0.1:" + first.port() + " is already in use");
  }

  @Test
  void theSummaryTellsWhatAPersonNeeds() {
    FailoverRouter router = router();

    assertThat(router.summary())
        .contains("Router on http://127.0.0.1:" + router.port())
        .contains("anybody on this machine, without a key")
        .contains("/completions (chat/completions) -> gpt")
        .contains("gpt #1: micro at " + micro.url())
        .contains(router.uri() + "/router/traces")
        .doesNotContain("micro-key");
  }

  private FailoverRouter router(String... moreLines) {
    return fixture.router(micro.url(), turbo.url(), moreLines);
  }

  private static String raw(FailoverRouter router, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
