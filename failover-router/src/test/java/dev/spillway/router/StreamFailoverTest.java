package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that go wrong after a good status, over sockets. */
@Timeout(60)
class StreamFailoverTest {

  private static final String CHAT = "{\"stream\":true,\"messages\":[]}";
  private static final String FILTER =
      "data: {\"choices\":[],\"id\":\"\",\"prompt_filter_results\":[]}\n\n";
  private static final String ROLE =
      "data: {\"choices\":[{\"delta\":{\"content\":\"\",\"role\":\"assistant\"}}]}\n\n";
  private static final String TOKEN = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String WHOLE = FILTER + ROLE + TOKEN + DONE;
  private static final String THROTTLED =
      "data: {\"error\":{\"code\":\"429\",\"message\":\"Please retry after 7 seconds.\"}}\n\n";
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Threads 33 to 36: an error event before any content moves the request on. */
  @ParameterizedTest
  @ValueSource(strings = {"", FILTER, FILTER + ROLE, ": ping\n\n"})
  void anErrorBeforeTheFirstContentIsFinishedElsewhere(String before) throws Exception {
    micro.answeringWith(200, "text/event-stream", before + THROTTLED);
    turbo.answeringWith(200, "text/event-stream", WHOLE);

    HttpResponse<String> answer = chat(router());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(WHOLE);
    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .isEqualTo("micro=429(retry-after 7s, 0ms) -> turbo=200(0ms)");
  }

  /** The head of a stream that was let in tells when its limits are full again. */
  @Test
  void whatTheHeadOfAStreamTellsOfLimitsIsNoWaitOfTheErrorInIt() throws Exception {
    micro.answeringWith(200, "text/event-stream", THROTTLED, "x-ratelimit-reset-tokens", "36466");
    turbo.answeringWith(200, "text/event-stream", WHOLE);

    HttpResponse<String> answer = chat(router());

    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .startsWith("micro=429(retry-after 7s, ");
  }

  @Test
  void theSameHoldsForResponses() throws Exception {
    String failed =
        """
        event: response.created
        data: {"type":"response.created","response":{}}

        event: response.failed
        data: {"type":"response.failed","response":{"error":{"code":"rate_limit_exceeded"}}}

        """;
    micro.answeringWith(200, "text/event-stream", failed);
    String whole =
        """
        event: response.output_text.delta
        data: {"type":"response.output_text.delta"}

        event: response.completed
        data: {"type":"response.completed"}

        """;
    turbo.answeringWith(200, "text/event-stream", whole);

    HttpResponse<String> answer =
        fixture.post(
            router(), "/openai/v1/responses", "{\"model\":\"gpt-35-turbo\",\"stream\":true}");

    assertThat(answer.body()).isEqualTo(whole);
  }

  /** Thread 37: nothing was delivered, so the caller gets a real status. */
  @Test
  void whenEveryStreamFailsAtItsStartTheCallerGetsAnError() throws Exception {
    micro.answeringWith(200, "text/event-stream", FILTER + THROTTLED);
    turbo.answeringWith(200, "text/event-stream", THROTTLED);

    HttpResponse<String> answer = chat(router());

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
  }

  /** A content filter's word is the caller's, at whatever place it comes. */
  @Test
  void anErrorThatIsTheCallersFaultIsDeliveredAsSuch() throws Exception {
    micro.answeringWith(
        200, "text/event-stream", "data: {\"error\":{\"code\":\"content_filter\"}}\n\n");

    HttpResponse<String> answer = chat(router());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":{\"code\":\"content_filter\"}}");
    assertThat(turbo.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", FILTER + ROLE, FILTER + DONE, "data: {\"cho\n\n"})
  void aStreamThatSaysNothingIsFinishedElsewhere(String empty) throws Exception {
    micro.answeringWith(200, "text/event-stream", empty);
    turbo.answeringWith(200, "text/event-stream", WHOLE);

    assertThat(chat(router()).body()).isEqualTo(WHOLE);
  }

  /** Thread 46: headers alone are no answer. */
  @Test
  void aStreamThatDoesNotBeginInTimeIsFinishedElsewhere() throws Exception {
    RawBackend silent =
        fixture.raw((out, socket) -> {
          out.write(bytes(HEAD + chunk(FILTER + ROLE)));
          out.flush();
          int unused = socket.getInputStream().read();
        });
    turbo.answeringWith(200, "text/event-stream", WHOLE);
    FailoverRouter router = fixture.router(silent.url(), turbo.url(), "first-token-timeout: 200ms");

    HttpResponse<String> answer = chat(router);

    assertThat(answer.body()).isEqualTo(WHOLE);
    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .startsWith("micro=timeout(");
  }

  @Test
  void aStreamThatFallsSilentIsCut() throws Exception {
    RawBackend stalling =
        fixture.raw((out, socket) -> {
          out.write(bytes(HEAD + chunk(TOKEN)));
          out.flush();
          int unused = socket.getInputStream().read();
        });
    FailoverRouter router =
        fixture.router(stalling.url(), turbo.url(), "stream-idle-timeout: 200ms");

    String received = raw(router);

    assertThat(received).contains(TOKEN).contains("stream_interrupted").doesNotContain("[DONE]");
    assertThat(turbo.seen()).isEmpty();
  }

  /** A stream of responses that ends cleanly, but too early. */
  @Test
  void aResponseWithoutItsLastEventCountsAsCut() throws Exception {
    micro.answeringWith(
        200,
        "text/event-stream",
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\"}\n\n");
    FailoverRouter router = router();

    assertThat(raw(router, "/openai/v1/responses", "{\"model\":\"gpt-35-turbo\",\"stream\":true}"))
        .contains("stream_interrupted");
  }

  @Test
  void aBufferedStreamSurvivesACutAtAnyPlace() throws Exception {
    RawBackend cutting =
        fixture.raw((out, socket) -> out.write(bytes(HEAD + chunk(FILTER + ROLE + TOKEN + TOKEN))));
    turbo.answeringWith(200, "text/event-stream", WHOLE);

    HttpResponse<String> answer = chat(router(cutting.url(), "stream: buffer"));

    assertThat(answer.body()).isEqualTo(WHOLE);
    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .startsWith("micro=reset(");
  }

  @Test
  void aBufferedStreamThatEndsEarlyOrSaysItFailedIsFinishedElsewhere() throws Exception {
    turbo.answeringWith(200, "text/event-stream", WHOLE);
    FailoverRouter router = router(micro.url(), "stream: buffer");

    micro.answeringWith(200, "text/event-stream", ROLE + TOKEN);
    assertThat(chat(router).body()).isEqualTo(WHOLE);
    micro.answeringWith(200, "text/event-stream", ROLE + TOKEN + THROTTLED);
    assertThat(chat(router).body()).isEqualTo(WHOLE);
  }

  @Test
  void aBufferedStreamThatIsWholeIsUnchanged() throws Exception {
    micro.answeringWith(200, "text/event-stream", WHOLE);

    assertThat(chat(router(micro.url(), "stream: buffer")).body()).isEqualTo(WHOLE);
    assertThat(turbo.seen()).isEmpty();
  }

  /** It went on for as long as it said something, whatever the caller had said. */
  @Test
  void aBufferedStreamThatGoesOnIsGivenUpAtTheEndOfTheRequestsTime() throws Exception {
    RawBackend endless =
        fixture.raw((out, socket) -> {
          out.write(bytes(HEAD));
          for (int i = 0; i < 200; i++) {
            out.write(bytes(chunk(TOKEN)));
            out.flush();
            Thread.sleep(20);
          }
        });

    HttpResponse<String> answer =
        fixture.post(
            router(endless.url(), "stream: buffer"),
            "/completions",
            "{\"stream\":true}",
            "x-request-deadline-ms",
            "300");

    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .startsWith("micro=timeout(");
    assertThat(answer.statusCode()).isIn(200, 408);
  }

  @Test
  void aCutInTheWindowIsSurvived() throws Exception {
    RawBackend cutting = fixture.raw((out, socket) -> out.write(bytes(HEAD + chunk(TOKEN))));
    turbo.answeringWith(200, "text/event-stream", WHOLE);

    HttpResponse<String> answer = chat(router(cutting.url(), "stream: buffer-until"));

    assertThat(answer.body()).isEqualTo(WHOLE);
  }

  /** Invariant 10, where the backend has nothing to write that would fail. */
  @ParameterizedTest
  @ValueSource(strings = {"", HEAD, HEAD + "nothing after the first token"})
  void whenTheCallerLeavesASilentBackendIsLeftToo(String said) throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    RawBackend silent =
        fixture.raw((out, socket) -> {
          out.write(bytes(said.endsWith("token") ? HEAD + chunk(TOKEN) : said));
          out.flush();
          asked.countDown();
          int end;
          do {
            end = socket.getInputStream().read();
          } while (end >= 0);
          left.countDown();
        });
    FailoverRouter router = fixture.router(silent.url(), turbo.url());

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      socket.getOutputStream().write(bytes(request("/completions", CHAT)));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    await().untilAsserted(() -> assertThat(router.traces().getFirst()).contains("caller-left"));
    assertThat(turbo.seen()).isEmpty();
    assertThat(fixture.get(router, "/router/health").statusCode()).isEqualTo(200);
  }

  /** A connection that was watched serves the next request as well. */
  @Test
  void aConnectionServesOneSlowCallAfterTheOther() throws Exception {
    RawBackend slow =
        fixture.raw((out, socket) -> {
          out.write(bytes(HEAD + chunk(TOKEN)));
          out.flush();
          TimeUnit.MILLISECONDS.sleep(80); // longer than two looks at the caller
          out.write(bytes(chunk(DONE) + "0\r\n\r\n"));
        });
    FailoverRouter router = fixture.router(slow.url(), turbo.url());

    for (int i = 0; i < 3; i++) {
      assertThat(chat(router).body()).isEqualTo(TOKEN + DONE);
    }
  }

  private FailoverRouter router() {
    return fixture.router(micro.url(), turbo.url());
  }

  private FailoverRouter router(String microUrl, String streamKeys) {
    String yaml =
        RouterFixture.yaml(microUrl, turbo.url())
            .replace("operation: chat/completions", "operation: chat/completions, " + streamKeys);
    return fixture.start(yaml, fixture.clock);
  }

  private HttpResponse<String> chat(FailoverRouter router) throws Exception {
    return fixture.post(router, "/completions", CHAT);
  }

  private static String raw(FailoverRouter router) throws IOException {
    return raw(router, "/completions", CHAT);
  }

  /** What comes until the connection ends, without the sizes of its chunks. */
  private static String raw(FailoverRouter router, String path, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      socket.getOutputStream().write(bytes(request(path, body)));
      String received = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(received).doesNotEndWith("0\r\n\r\n");
      return received.replaceAll("\r\n[0-9A-Fa-f]+\r\n", "");
    }
  }

  private static String request(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
