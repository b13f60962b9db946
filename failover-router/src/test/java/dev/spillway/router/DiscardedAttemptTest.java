package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of an attempt that failed is left in the answer, nor on its connection. */
class DiscardedAttemptTest {

  private static final String OK = "{\"id\":\"chatcmpl-1\"}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Thread 70. */
  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 503})
  void noHeaderOfADiscardedAnswerReachesTheCaller(int status) throws Exception {
    micro.answering(
        status,
        "{\"error\":{\"code\":\"x\",\"message\":\"micro's\"}}",
        "Retry-After",
        "7",
        "retry-after-ms",
        "7000",
        "Set-Cookie",
        "of=micro",
        "x-ratelimit-remaining-tokens",
        "0",
        "x-ms-region",
        "Micronesia",
        "Content-Language",
        "tlh",
        "x-both",
        "micro");
    turbo.answering(200, OK, "x-both", "turbo", "x-turbo", "1");

    HttpResponse<String> answer =
        fixture.post(fixture.router(micro.url(), turbo.url()), "/completions", "{}");

    assertThat(answer.body()).isEqualTo(OK);
    assertThat(answer.headers().allValues("x-both")).containsExactly("turbo");
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers().map().keySet())
        .allMatch(name ->
            name.startsWith("x-router-")
                || Set.of("content-length", "content-type", "date", "x-both", "x-turbo")
                    .contains(name));
    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .startsWith("micro=" + status);
  }

  /** Dialling anew for each failover is what costs other proxies most. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 20_000, 60_000})
  void aDiscardedAnswerIsReadToItsEndAndItsConnectionUsedAgain(int length) throws Exception {
    Set<Integer> connections = ConcurrentHashMap.newKeySet();
    byte[] body = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    micro.answering(exchange -> {
      connections.add(exchange.getRemoteAddress().getPort());
      exchange.sendResponseHeaders(429, length == 0 ? -1 : 0); // in chunks
      exchange.getResponseBody().write(body);
    });
    FailoverRouter router = fixture.router(micro.url(), turbo.url(), "default-cooldown: 0s");

    for (int i = 0; i < 30; i++) {
      assertThat(fixture.post(router, "/completions", "{}").statusCode()).isEqualTo(200);
    }
    assertThat(micro.seen()).hasSize(30);
    assertThat(connections).hasSize(1);
  }

  @Test
  void anEndlessErrorIsNotReadToItsEnd() throws Exception {
    micro.answering(exchange -> {
      exchange.sendResponseHeaders(500, 0);
      byte[] piece = new byte[16 * 1024];
      while (true) {
        exchange.getResponseBody().write(piece);
      }
    });
    FailoverRouter router = fixture.router(micro.url(), turbo.url());

    assertThat(fixture.post(router, "/completions", "{}").statusCode()).isEqualTo(200);
  }

  /** Threads 79 to 83: a backend that is throttled need not read what it refuses. */
  @Test
  void aBackendThatRefusesBeforeItHasReadTheBodyIsFailedOver() throws Exception {
    RawBackend hasty =
        fixture.raw((out, socket) -> {
          out.write(
              "HTTP/1.1 429 No\r\nContent-Length: 0\r\nretry-after-ms: 1000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          out.flush();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    String body = "x".repeat(8 * 1024 * 1024);

    HttpResponse<String> answer =
        fixture.post(fixture.router(hasty.url(), turbo.url()), "/completions", body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-router-trace").orElseThrow())
        .startsWith("micro=429(retry-after 1s");
    assertThat(Arrays.equals(turbo.last().body(), body.getBytes(StandardCharsets.US_ASCII)))
        .isTrue();
  }
}
