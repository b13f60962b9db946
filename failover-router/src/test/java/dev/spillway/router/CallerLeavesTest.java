package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A backend is left within a tenth of a second after the caller has gone (invariant 10), by real
 * sockets on both sides. {@code -Dspillway.leavers=1000} measures that many of each kind.
 */
class CallerLeavesTest {

  private static final int LEAVERS = Integer.getInteger("spillway.leavers", 10);
  private static final int ROUNDS = 20;
  private static final long LIMIT_MILLIS = 100;

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String CHAT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final String RESPONSE =
      """
      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"Hi"}

      """;

  private final RouterFixture fixture = new RouterFixture();
  private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(10);
  private final BlockingQueue<Long> left = new ArrayBlockingQueue<>(10);

  @AfterEach
  void close() {
    fixture.close();
  }

  /**
   * A busy machine is late now and then, so that a round is repeated; a router that takes longer
   * than it may has no round without being late.
   */
  @ParameterizedTest
  @CsvSource({
    "chat/completions, false",
    "chat/completions, true",
    "responses, false",
    "responses, true"
  })
  void aBackendIsLeftWithinATenthOfASecondAfterTheCaller(String operation, boolean streams)
      throws Exception {
    String event = operation.equals("responses") ? RESPONSE : CHAT;
    RawBackend backend = fixture.raw((out, socket) -> serve(out, socket, streams ? event : ""));
    FailoverRouter router = fixture.router(backend.url(), backend.url());
    long[] millis = new long[LEAVERS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < LEAVERS; i++) {
        millis[i] = leave(router, operation, streams);
      }
      Arrays.sort(millis);
      if (LEAVERS > 10) {
        System.out.printf(
            "%s streams=%s: p50 %d ms, p90 %d ms, p99 %d ms, max %d ms of %d%n",
            operation,
            streams,
            millis[LEAVERS / 2],
            millis[LEAVERS * 9 / 10],
            millis[LEAVERS * 99 / 100],
            millis[LEAVERS - 1],
            LEAVERS);
        return;
      }
      if (millis[LEAVERS - 1] <= LIMIT_MILLIS) {
        return;
      }
    }
    assertThat(millis[LEAVERS - 1]).isLessThanOrEqualTo(LIMIT_MILLIS);
  }

  /** Begins an answer or none, and then notes when the router hangs up. */
  private void serve(OutputStream out, Socket socket, String event) throws Exception {
    if (!event.isEmpty()) {
      out.write(
          (HEAD + Integer.toHexString(event.length()) + "\r\n" + event + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    asked.put("asked");
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // a reset is a way to hang up, too
    }
    left.put(System.nanoTime());
  }

  private long leave(FailoverRouter router, String operation, boolean streams) throws Exception {
    String body = "{\"model\":\"gpt-35-turbo\",\"stream\":" + streams + "}";
    String request =
        "POST /openai/v1/"
            + operation
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    long gone;
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
      if (streams) {
        InputStream in = caller.getInputStream();
        assertThat(in.readNBytes(15))
            .isEqualTo("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII));
      }
      gone = System.nanoTime();
    }
    Long hungUp = left.poll(30, TimeUnit.SECONDS);
    assertThat(hungUp).as("the backend is left at all").isNotNull();
    return TimeUnit.NANOSECONDS.toMillis(hungUp - gone);
  }
}
