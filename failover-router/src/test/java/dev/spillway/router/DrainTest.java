package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a router that is asked to stop comes to its end. */
@Timeout(60)
class DrainTest {

  private static final String DATED = "/openai/deployments/gpt-35-turbo/chat/completions";

  private final RouterFixture fixture = new RouterFixture();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final FakeBackend backend = fixture.backend();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    answer.countDown();
    threads.close();
    fixture.close();
  }

  @Test
  void aRouterThatRunsIsLiveAndReady() throws Exception {
    FailoverRouter router = router(TimeSource.system());

    assertThat(fixture.get(router, "/router/live").body()).isEqualTo("{\"live\":true}");
    assertThat(fixture.get(router, "/router/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsUnderWayIsFinishedWhileNewConnectionsAreRefused() throws Exception {
    backend.answering(exchange -> {
      asked.countDown();
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(event("Hel"));
      exchange.getResponseBody().flush();
      await(answer);
      exchange.getResponseBody().write(event("lo"));
      exchange.getResponseBody().write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    });
    FailoverRouter router = router(TimeSource.system());
    CompletableFuture<HttpResponse<String>> call =
        fixture.client.sendAsync(
            fixture.request(router, DATED, "{\"stream\":true}"), BodyHandlers.ofString());
    await(asked);
    Future<Boolean> drained = threads.submit(router::drain);
    Awaitility.await().until(() -> !accepts(router));

    assertThat(drained.isDone()).isFalse();
    answer.countDown();
    assertThat(drained.get()).isTrue();
    assertThat(call.get().body()).contains("Hel").endsWith("data: [DONE]\n\n");
    router.close();
  }

  @Test
  void inTheDelayItServesAsEverButIsNotReadyAndKeepsNoConnection() throws Exception {
    FailoverRouter router = router(fixture.clock, "drain-delay: 5s");
    Future<Boolean> drained = threads.submit(router::drain);
    Awaitility.await().until(() -> fixture.get(router, "/router/ready").statusCode() == 503);

    assertThat(fixture.get(router, "/router/ready").body())
        .isEqualTo("{\"ready\":false,\"why\":\"draining\"}");
    assertThat(fixture.get(router, "/router/live").statusCode()).isEqualTo(200);
    HttpResponse<String> served = fixture.post(router, DATED, "{}");
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.headers().firstValue("Connection")).hasValue("close");

    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(drained.get()).isTrue();
    Awaitility.await().until(() -> !accepts(router));
  }

  @Test
  void whatTakesLongerThanTheDrainTimeoutIsGivenUp() throws Exception {
    backend.answering(exchange -> {
      asked.countDown();
      await(answer);
      exchange.sendResponseHeaders(200, -1);
    });
    FailoverRouter router = router(fixture.clock, "drain-timeout: 20s");
    CompletableFuture<HttpResponse<String>> call =
        fixture.client.sendAsync(fixture.request(router, DATED, "{}"), BodyHandlers.ofString());
    await(asked);
    Future<Boolean> drained = threads.submit(router::drain);
    Awaitility.await().until(() -> !accepts(router));
    Awaitility.await()
        .until(() -> {
          fixture.clock.advance(Duration.ofSeconds(20));
          return drained.isDone();
        });

    assertThat(drained.get()).isFalse();
    router.close();
    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
  }

  /** It is neither the caller's doing nor the backend's. */
  @Test
  void aStreamThatTheDrainTimeoutCutsIsCutByTheRouter() throws Exception {
    backend.answering(exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(event("Hel"));
      exchange.getResponseBody().flush();
      await(answer);
    });
    FailoverRouter router = router(fixture.clock, "drain-timeout: 20s");
    HttpResponse<InputStream> call =
        fixture.client.send(
            fixture.request(router, DATED, "{\"stream\":true}"), BodyHandlers.ofInputStream());
    assertThat(call.body().readNBytes(5)).asString(StandardCharsets.UTF_8).isEqualTo("data:");
    Future<Boolean> drained = threads.submit(router::drain);
    Awaitility.await().until(() -> !accepts(router));
    Awaitility.await()
        .until(() -> {
          fixture.clock.advance(Duration.ofSeconds(20));
          return drained.isDone();
        });

    router.close();

    assertThatThrownBy(() -> call.body().readAllBytes()).isInstanceOf(IOException.class);
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(router.traces().getFirst()).contains("\"delivery\":\"router-stopped\""));
  }

  private FailoverRouter router(TimeSource time, String... moreLines) {
    return fixture.start(RouterFixture.yaml(backend.url(), backend.url(), moreLines), time);
  }

  private static boolean accepts(FailoverRouter router) {
    try {
      connect(router);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void connect(FailoverRouter router) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), router.port()));
    }
  }

  private static byte[] event(String text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n"
        .formatted(text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
