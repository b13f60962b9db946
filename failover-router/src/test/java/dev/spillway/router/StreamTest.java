package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams over sockets. */
@Timeout(60)
class StreamTest {

  private static final String CHAT = "{\"stream\":true,\"messages\":[]}";
  private static final String FIRST = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
  private static final String SECOND =
      "data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\r\n\r\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void streamPassesThroughAsItArrivesByteForByte() throws Exception {
    CountDownLatch firstWasRead = new CountDownLatch(1);
    FakeBackend micro = fixture.backend();
    micro.answering(exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes(FIRST));
      exchange.getResponseBody().flush();
      awaitLatch(firstWasRead);
      exchange.getResponseBody().write(bytes(SECOND + DONE));
    });
    FailoverRouter router = fixture.router(micro.url(), turbo.url());

    HttpResponse<InputStream> answer = stream(router);
    String first = new String(answer.body().readNBytes(FIRST.length()), StandardCharsets.UTF_8);
    firstWasRead.countDown();
    String rest = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(first + rest).isEqualTo(FIRST + SECOND + DONE);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("x-router-trace")).hasValue("micro=200(0ms)");
    awaitDelivery(router, "complete");
  }

  @Test
  void throttledStreamMovesToTheNextPriorityBeforeTheFirstByte() throws Exception {
    FakeBackend micro = fixture.backend();
    micro.answering(429, "{}", "Retry-After", "7");
    turbo.answeringWith(200, "text/event-stream", FIRST + DONE);

    HttpResponse<InputStream> answer = stream(fixture.router(micro.url(), turbo.url()));

    assertThat(answer.body().readAllBytes()).asString().isEqualTo(FIRST + DONE);
  }

  /** Threads 31, 32 and 33: a truncated stream is never presented as a complete one. */
  @Test
  void cutStreamEndsWithAnErrorEventAndAnAbortedConnection() throws Exception {
    RawBackend micro = fixture.raw((out, socket) -> out.write(bytes(HEAD + chunk(FIRST))));
    FailoverRouter router = fixture.router(micro.url(), turbo.url());

    String received = streamThatBreaksOff(router);

    assertThat(received).contains(FIRST + "data: {\"error\":{").endsWith("}}\n\n");
    assertThat(received).doesNotContain("[DONE]");
    assertThat(turbo.seen()).isEmpty();
    awaitDelivery(router, "cut");
    assertThat(fixture.get(router, "/router/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aCutInTheMiddleOfAnEventStillGivesAReadableErrorEvent() throws Exception {
    RawBackend micro =
        fixture.raw((out, socket) -> out.write(bytes(HEAD + chunk(FIRST + "data: {\"cho"))));
    FailoverRouter router = fixture.router(micro.url(), turbo.url());

    assertThat(streamThatBreaksOff(router)).contains("\n\ndata: {\"error\":{");
  }

  /** A clean end of the connection is no clean end of a chat stream. */
  @Test
  void streamWithoutDoneCountsAsCut() throws Exception {
    FakeBackend micro = fixture.backend();
    micro.answeringWith(200, "text/event-stream", FIRST);
    FailoverRouter router = fixture.router(micro.url(), turbo.url());

    assertThat(streamThatBreaksOff(router)).contains("stream_interrupted");
    awaitDelivery(router, "cut");
  }

  /** Invariant 10: nobody works on for a caller who has gone. */
  @Test
  void whenTheCallerLeavesTheBackendIsToldToStop() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    RawBackend micro =
        fixture.raw((out, socket) -> {
          out.write(bytes(HEAD));
          try {
            while (true) {
              out.write(bytes(chunk(FIRST)));
              out.flush();
            }
          } catch (IOException e) {
            stopped.countDown();
          }
        });
    FailoverRouter router = fixture.router(micro.url(), turbo.url());

    try (InputStream body = stream(router).body()) {
      assertThat(body.readNBytes(10)).hasSize(10);
    }

    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    awaitDelivery(router, "caller-left");
  }

  private HttpResponse<InputStream> stream(FailoverRouter router) throws Exception {
    return fixture.client.send(
        fixture.request(router, "/completions", CHAT), BodyHandlers.ofInputStream());
  }

  /** All that is received of a stream, chunk sizes included; a clean end of it fails the test. */
  private static String streamThatBreaksOff(FailoverRouter router) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  "POST /completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                      + CHAT.length()
                      + "\r\n\r\n"
                      + CHAT));
      String received = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(received).contains("chunked").doesNotEndWith("0\r\n\r\n");
      return received.replaceAll("\r\n[0-9A-Fa-f]+\r\n", "");
    }
  }

  private static void awaitDelivery(FailoverRouter router, String delivery) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(router.traces().getLast()).contains("\"delivery\":\"" + delivery + "\""));
  }

  private static void awaitLatch(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
