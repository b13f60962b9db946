package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failover over sockets, unstreamed. */
class FailoverTest {

  private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"h\u00e9\"}]}";
  private static final String THROTTLED = "{\"error\":{\"code\":\"429\",\"message\": \"slow\"}}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Threads 19 to 23 and 78: the seed scenario, through every kind of route. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/completions",
        "/openai/deployments/gpt-35-turbo/chat/completions",
        "/openai/deployments/gpt-35-turbo/embeddings",
        "/openai/deployments/gpt-35-turbo/audio/transcriptions",
        "/openai/v1/chat/completions",
        "/openai/v1/responses"
      })
  void throttledCallIsFinishedOnTheNextBackendThroughEveryRoute(String path) throws Exception {
    micro.answering(429, THROTTLED, "retry-after-ms", "5600", "Retry-After", "6");
    FailoverRouter router = router();

    HttpResponse<String> answer =
        fixture.post(router, path, "{\"model\":\"gpt-35-turbo\",\"x\":1}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":\"chatcmpl-1\"}");
    assertThat(header(answer, "x-router-backend")).isEqualTo("turbo");
    assertThat(header(answer, "x-router-attempts")).isEqualTo("2");
    assertThat(header(answer, "x-router-trace"))
        .isEqualTo("micro=429(retry-after 6s, 0ms) -> turbo=200(0ms)");
    assertThat(header(fixture.post(router, path, "{\"model\":\"gpt-35-turbo\"}"), "x-router-trace"))
        .isEqualTo("micro=resting(6s) -> turbo=200(0ms)");
  }

  @Test
  void eachBackendGetsItsOwnDeploymentVersionAndKeyAndTheIdenticalBody() throws Exception {
    micro.answering(429, THROTTLED);
    String path = "/openai/deployments/gpt-35-turbo/chat/completions?api-version=2022-12-01&a=%20b";

    fixture.post(router(), path, CHAT, "x-stainless-lang", "java", "Cookie", "c=1");

    assertThat(micro.last().uri())
        .isEqualTo(
            "/openai/deployments/micro-dep/chat/completions?api-version=2023-07-01-preview&a=%20b");
    assertThat(turbo.last().uri())
        .isEqualTo("/openai/deployments/35turbo/chat/completions?api-version=2024-10-21&a=%20b");
    assertThat(micro.last().header("Api-key")).isEqualTo("micro-key");
    assertThat(turbo.last().header("Api-key")).isEqualTo("turbo-key");
    assertThat(turbo.last().header("X-stainless-lang")).isEqualTo("java");
    assertThat(turbo.last().headers()).doesNotContainKeys("Cookie", "User-agent-x");
    assertThat(turbo.last().body())
        .isEqualTo(micro.last().body())
        .isEqualTo(CHAT.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-router-trace", "X-Router-Request-Id", "x-router-anything"})
  void whatARouterSaysIsNotTakenFromACallerToABackendNorFromABackendToACaller(String name)
      throws Exception {
    micro.answering(200, "{}", name, "of the backend");

    HttpResponse<String> answer =
        fixture.post(router(), "/completions", CHAT, name, "of the caller");

    assertThat(micro.last().headers().toString()).doesNotContainIgnoringCase("x-router-");
    assertThat(answer.headers().map().toString()).doesNotContain("of the backend", "of the caller");
  }

  /** Thread 65: the model's value alone is another. */
  @Test
  void aV1CallGetsTheBackendsDeploymentAsItsModelAndNoApiVersion() throws Exception {
    micro.answering(429, THROTTLED);

    fixture.post(
        router(),
        "/openai/v1/chat/completions?api-version=preview",
        "{ \"messages\" : [{\"model\":\"no\"}],\r\n \"model\" : \"gpt-35-turbo\" , \"n\":1.0 }");

    assertThat(turbo.last().uri()).isEqualTo("/openai/v1/chat/completions");
    assertThat(micro.last().body())
        .asString()
        .isEqualTo(
            "{ \"messages\" : [{\"model\":\"no\"}],\r\n \"model\" : \"micro-dep\" , \"n\":1.0 }");
    assertThat(turbo.last().body())
        .asString()
        .isEqualTo(
            "{ \"messages\" : [{\"model\":\"no\"}],\r\n \"model\" : \"35turbo\" , \"n\":1.0 }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-key", "Ocp-Apim-Subscription-Key", "Authorization"})
  void theCallersKeyIsCheckedAndNeverTravelsOn(String name) throws Exception {
    FailoverRouter router = router("clients: [{name: analysts, key: caller-secret}]");
    String value = name.equals("Authorization") ? "Bearer caller-secret" : "caller-secret";

    assertThat(fixture.post(router, "/completions", CHAT, name, value).statusCode()).isEqualTo(200);
    assertThat(micro.last().headers().values().toString()).doesNotContain("caller-secret");
    assertThat(router.traces().toString() + router.summary())
        .contains("analysts")
        .doesNotContain("caller-secret", "micro-key", "turbo-key");

    HttpResponse<String> wrong = fixture.post(router, "/completions", CHAT, name, value + "x");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("Access denied due to invalid subscription key");
    assertThat(header(wrong, "x-router-origin")).isEqualTo("router");
    assertThat(micro.seen()).hasSize(1);
  }

  @Test
  void whenAllAreThrottledTheCallerGetsTheSmallestWait() throws Exception {
    micro.answering(429, THROTTLED, "Retry-After", "41");
    turbo.answering(429, THROTTLED, "retry-after-ms", "5500", "x-ratelimit-remaining-tokens", "0");
    FailoverRouter router = router();

    HttpResponse<String> answer = fixture.post(router, "/completions", CHAT);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "Retry-After")).isEqualTo("6");
    assertThat(header(answer, "retry-after-ms")).isEqualTo("5500");
    assertThat(header(answer, "x-router-origin")).isEqualTo("router");
    assertThat(header(answer, "x-ratelimit-remaining-tokens")).isEmpty();
    assertThat(answer.body())
        .startsWith("{\"error\":{\"code\":\"429\",\"message\": \"Your requests to /completions")
        .contains("This request was for ChatCompletions_Create", "Please retry after 6 seconds.");

    fixture.clock.advance(Duration.ofSeconds(4));
    assertThat(header(fixture.post(router, "/completions", CHAT), "retry-after-ms"))
        .isEqualTo("1500");
    assertThat(micro.seen()).hasSize(1);
  }

  /** Thread 64: the content filter's body passes byte for byte. */
  @Test
  void badRequestPassesByteForByteAndIsRetriedNowhere() throws Exception {
    String refusal = "{\n  \"error\": {\"code\": \"content_filter\", \"innererror\": {}}\n}\n";
    micro.answering(400, refusal, "x-ms-region", "East US");
    FailoverRouter router = router();

    HttpResponse<String> answer = fixture.post(router, "/completions", CHAT);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(refusal);
    assertThat(header(answer, "x-ms-region")).isEqualTo("East US");
    assertThat(turbo.seen()).isEmpty();
    assertThat(fixture.get(router, "/router/backends").body()).contains("\"state\":\"serving\"");
  }

  /** Thread 70: nothing of a discarded answer is left in the next. */
  @Test
  void noHeaderOfADiscardedAnswerLeaks() throws Exception {
    micro.answering(429, THROTTLED, "Retry-After", "7", "x-ratelimit-limit-tokens", "1000");
    turbo.answering(
        200,
        "{\"id\":1}",
        "apim-request-id",
        "abc",
        "x-router-backend",
        "forged",
        "Connection",
        "x-hop",
        "x-hop",
        "1");

    HttpResponse<String> answer = fixture.post(router(), "/completions", CHAT);

    assertThat(header(answer, "apim-request-id")).isEqualTo("abc");
    assertThat(answer.headers().allValues("x-router-backend")).containsExactly("turbo");
    assertThat(answer.headers().map())
        .doesNotContainKeys("retry-after", "x-ratelimit-limit-tokens", "x-hop");
  }

  @Test
  void refusedConnectionGoesToTheNextAndIsBenched() throws Exception {
    String nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = "http://127.0.0.1:" + closed.getLocalPort();
    }
    FailoverRouter router = fixture.router(nobody, turbo.url());

    assertThat(header(fixture.post(router, "/completions", CHAT), "x-router-trace"))
        .isEqualTo("micro=unreachable(0ms) -> turbo=200(0ms)");
    assertThat(header(fixture.post(router, "/completions", CHAT), "x-router-trace"))
        .isEqualTo("micro=benched(1s) -> turbo=200(0ms)");
  }

  /** Thread 63. */
  @Test
  void aHostThatNobodyKnowsGoesToTheNext() throws Exception {
    FailoverRouter router = fixture.router("http://no-such-host.invalid", turbo.url());

    assertThat(header(fixture.post(router, "/completions", CHAT), "x-router-trace"))
        .startsWith("micro=unreachable(");
  }

  @Test
  void whenNobodyCanBeReachedTheCallerGetsAnAzureShaped502() throws Exception {
    FailoverRouter router =
        fixture.router("http://no-such-host.invalid", "http://no-such-host.invalid");

    HttpResponse<String> answer = fixture.post(router, "/completions", CHAT);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":\"502\",\"message\": ");
    assertThat(header(answer, "x-router-origin")).isEqualTo("router");
  }

  @Test
  void aSilentBackendCostsItsFirstByteTimeout() throws Exception {
    RawBackend silent = fixture.raw((out, socket) -> socket.getInputStream().transferTo(out));
    FailoverRouter router = fixture.router(silent.url(), turbo.url(), "first-byte-timeout: 1s");

    HttpResponse<String> answer = fixture.post(router, "/completions", CHAT);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "x-router-trace")).startsWith("micro=timeout(");
  }

  @Test
  void aThrottlingWhoseBodyNeverComesIsJudgedByItsHeaders() throws Exception {
    RawBackend half =
        fixture.raw((out, socket) -> {
          String head = "HTTP/1.1 429 x\r\nRetry-After: 6\r\nContent-Length: 9\r\n\r\n{";
          out.write(head.getBytes(StandardCharsets.UTF_8));
          socket.getInputStream().transferTo(out);
        });

    HttpResponse<String> answer =
        fixture.post(fixture.router(half.url(), turbo.url()), "/completions", CHAT);

    assertThat(header(answer, "x-router-trace"))
        .isEqualTo("micro=429(retry-after 6s, 0ms) -> turbo=200(0ms)");
  }

  static Stream<String> brokenAnswers() {
    String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    return Stream.of(
        ok + "Content-Length: 0\r\n\r\n",
        ok + "Content-Length: 8\r\n\r\n{\"id\":1,",
        ok + "Content-Length: 100\r\nConnection: close\r\n\r\n{\"id\":1}",
        ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ok + "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"id\":1}\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 999999 What\r\n\r\n",
        "HTTP/1.1 503 x\r\nRetry-After: \u00ff\r\nx-ratelimit-reset-tokens: 1e999\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 x\r\nRetry-After: Fri, 99 Nov\r\nretry-after-ms: -5\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 x\r\nContent-Type: \r\nBad Header\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 x\r\nx: " + "y".repeat(100_000) + "\r\nContent-Length: 0\r\n\r\n",
        "");
  }

  /** Threads 24, 48 and 49: nothing that a backend can send breaks the router. */
  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void whateverABackendSendsTheNextOneFinishesTheCall(String answer) throws Exception {
    RawBackend broken =
        fixture.raw((out, socket) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    FailoverRouter router = fixture.router(broken.url(), turbo.url());

    HttpResponse<String> good = fixture.post(router, "/completions", CHAT);

    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(header(good, "x-router-backend")).isEqualTo("turbo");
  }

  static IntStream bodySizes() {
    return IntStream.of(1, 10, 14, 16, 18, 20)
        .flatMap(power -> IntStream.of(-1, 0, 1).map(d -> (1 << power) + d));
  }

  /** Threads 79 to 83: failover works at every size. */
  @ParameterizedTest
  @MethodSource("bodySizes")
  void bodiesOfEverySizeFailOver(int size) throws Exception {
    micro.answering(429, THROTTLED);
    String body = "x".repeat(size);

    assertThat(fixture.post(router(), "/completions", body).statusCode()).isEqualTo(200);
    assertThat(Arrays.equals(turbo.last().body(), body.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void aBodyAboveTheLimitIsRefusedByTheRouter() throws Exception {
    FailoverRouter router = router("max-request-bytes: 1000");

    assertThat(fixture.post(router, "/completions", "x".repeat(1000)).statusCode()).isEqualTo(200);
    HttpResponse<String> tooLong = fixture.post(router, "/completions", "x".repeat(1001));
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(header(tooLong, "x-router-origin")).isEqualTo("router");
    assertThat(micro.seen()).hasSize(1);
  }

  @Test
  void anAnswerAboveTheBufferPassesThroughUnchecked() throws Exception {
    String large = "[" + "1,".repeat(50_000) + "1]";
    micro.answering(200, large);

    assertThat(fixture.post(router("max-buffered-response: 1000"), "/completions", CHAT).body())
        .isEqualTo(large);
  }

  /** Thread 60: a deployment that is gone is the router's problem, not the caller's. */
  @Test
  void deploymentNotFoundGoesToTheNextButAnother404IsTheCallers() throws Exception {
    micro.answering(404, "{\"error\":{\"code\":\"DeploymentNotFound\", \"message\":\"x\"}}");
    FailoverRouter router = router();
    assertThat(fixture.post(router, "/completions", CHAT).statusCode()).isEqualTo(200);

    micro.answering(404, "{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}");
    fixture.post(router, "/router/backends/micro/reset", "");
    assertThat(fixture.post(router, "/completions", CHAT).statusCode()).isEqualTo(404);
  }

  /** Thread 24 of a proxy in front of a backend: its page never reaches a caller. */
  @Test
  void aProxysErrorPageIsNeverShown() throws Exception {
    micro.answeringWith(502, "text/html", "<html>Bad Gateway</html>");
    turbo.answeringWith(503, "text/html", "<html>Down</html>");

    HttpResponse<String> answer = fixture.post(router(), "/completions", CHAT);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).startsWith("{\"error\":").doesNotContain("html");
  }

  private FailoverRouter router(String... moreLines) {
    return fixture.router(micro.url(), turbo.url(), moreLines);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
