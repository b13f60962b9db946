package dev.spillway.router;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.spillway.router.gateway.Reloaded;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** I15: a reload drops nothing that is in flight, and is done as a whole or not at all. */
@Timeout(60)
class ReloadTest {

  private static final String DATED = "/openai/deployments/gpt-35-turbo/chat/completions";
  private static final String FIRST_EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final String LAST_EVENTS =
      """
      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: [DONE]

      """;

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theNextCallMeetsTheChangedConfiguration() throws Exception {
    FailoverRouter router = router();
    assertThat(servedBy(router)).isEqualTo("micro");

    reload(router, yaml().replace("priority: 2", "priority: 0"));

    assertThat(servedBy(router)).isEqualTo("turbo");
  }

  @Test
  void aCallInFlightIsFinishedAsItBegan() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    micro.answering(exchange -> {
      asked.countDown();
      await(answer);
      exchange.sendResponseHeaders(500, -1);
    });
    FailoverRouter router = router();
    CompletableFuture<HttpResponse<String>> call =
        fixture.client.sendAsync(fixture.request(router, DATED, "{}"), BodyHandlers.ofString());
    await(asked);
    FakeBackend other = fixture.backend();
    reload(router, onlyTurbo(other.url()));
    answer.countDown();

    assertThat(call.get().statusCode()).isEqualTo(200);
    assertThat(call.get().headers().firstValue("x-router-backend")).hasValue("turbo");
    assertThat(turbo.seen()).as("the backend of the configuration it began with").hasSize(1);
    assertThat(other.seen()).isEmpty();
  }

  @Test
  void aStreamInFlightGoesOnThroughAReloadThatConnectsOtherwise() throws Exception {
    CountDownLatch more = new CountDownLatch(1);
    micro.answering(exchange -> stream(exchange, more));
    FailoverRouter router = router();
    HttpResponse<java.io.InputStream> stream =
        fixture.client.send(
            fixture.request(router, DATED, "{\"stream\":true}"), BodyHandlers.ofInputStream());
    byte[] first = stream.body().readNBytes(FIRST_EVENT.length());
    reload(router, "connect-timeout: 3s\n" + onlyTurbo(turbo.url()));
    assertThat(servedBy(router)).isEqualTo("turbo");
    more.countDown();

    assertThat(text(first) + text(stream.body().readAllBytes()))
        .isEqualTo(FIRST_EVENT + LAST_EVENTS);
  }

  @Test
  void aBackendThatStaysGoesOnResting() throws Exception {
    micro.answering(429, "{}", "Retry-After", "30");
    FailoverRouter router = router();
    assertThat(servedBy(router)).isEqualTo("turbo");

    reload(router, "max-attempts: 3\n" + yaml().replace("35turbo", "another-deployment"));

    assertThat(servedBy(router)).isEqualTo("turbo");
    assertThat(micro.seen()).hasSize(1);
    assertThat(turbo.last().uri()).contains("/another-deployment/");
    assertThat(fixture.get(router, "/router/backends").body())
        .contains("\"state\":\"resting\",\"left-ms\":30000");
  }

  @Test
  void aBackendOfTheSameNameElsewhereIsAnotherOne() throws Exception {
    micro.answering(429, "{}", "Retry-After", "30");
    FailoverRouter router = router();
    assertThat(servedBy(router)).isEqualTo("turbo");

    reload(router, RouterFixture.yaml(fixture.backend().url(), turbo.url()));

    assertThat(servedBy(router)).isEqualTo("micro");
  }

  @Test
  void whatACallThatBeganBeforeLearnsIsKnownAfterwards() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    micro.answering(exchange -> {
      asked.countDown();
      await(answer);
      exchange.getResponseHeaders().add("Retry-After", "30");
      exchange.sendResponseHeaders(429, -1);
    });
    FailoverRouter router = router();
    CompletableFuture<HttpResponse<String>> call =
        fixture.client.sendAsync(fixture.request(router, DATED, "{}"), BodyHandlers.ofString());
    await(asked);
    reload(router, "max-attempts: 3\n" + yaml());
    answer.countDown();
    assertThat(call.get().statusCode()).isEqualTo(200);

    assertThat(servedBy(router)).isEqualTo("turbo");
    assertThat(micro.seen()).hasSize(1);
  }

  @Test
  void whoseTurnItIsTracesAndMetricsStay() throws Exception {
    String balanced = yaml().replace("priority: 2", "priority: 1");
    FailoverRouter router = fixture.start(balanced, fixture.clock);
    List<String> served = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      served.add(servedBy(router));
      reload(router, "max-attempts: " + (i + 2) + "\n" + balanced);
    }

    assertThat(served).containsExactly("micro", "turbo", "micro", "turbo");
    assertThat(router.traces()).hasSize(4);
    assertThat(fixture.get(router, "/metrics").body())
        .contains("requests_total{pool=\"gpt\",status=\"200\"} 4.0");
  }

  @Test
  void whatCannotChangeWhileItRunsIsSaidAndChangesNothing() throws Exception {
    FailoverRouter router = router();
    String changed =
        yaml().replace("127.0.0.1:0", "127.0.0.1:1").replace("priority: 2", "priority: 0");

    assertThat(reload(router, changed))
        .isEqualTo(
            new Reloaded.Refused(
                "router.yaml:1: 'listen' cannot change while the router runs; a restart makes it"));
    assertThat(servedBy(router)).isEqualTo("micro");
  }

  @Test
  void whoeverRunsItReloadsOverHttpAndSeesWhichConfigurationIsInForce() throws Exception {
    FailoverRouter router = router();
    AtomicReference<String> file = new AtomicReference<>(yaml());
    router.reloadFrom(
        () -> RouterConfig.parse("router.yaml", requireNonNull(file.get()), name -> null));

    assertThat(fixture.get(router, "/router/config").body())
        .isEqualTo(
            """
            {"generation":1,"since":"2026-01-01T00:00:00Z","file":"router.yaml"}\
            """);
    file.set(yaml().replace("priority: 2", "priority: 0"));
    assertThat(fixture.post(router, "/router/reload", "").body()).isEqualTo("{\"generation\":2}");
    assertThat(servedBy(router)).isEqualTo("turbo");

    file.set(yaml().replace("weight", "").replace("pool: gpt", "pool: gtp"));
    HttpResponse<String> refused = fixture.post(router, "/router/reload", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .isEqualTo(
            """
            {"refused":"router.yaml:11: 'routes[0].pool' names the pool 'gtp', which does not exist; did you mean 'gpt'?"}\
            """);
    assertThat(servedBy(router)).as("nothing has changed").isEqualTo("turbo");
    assertThat(fixture.get(router, "/router/config").body()).contains("\"generation\":2,");
  }

  @Test
  void nothingIsDroppedWhileItIsReloadedUnderLoad() throws Exception {
    FailoverRouter router = router();
    String other =
        "connect-timeout: 3s\n"
            + RouterFixture.yaml(turbo.url(), micro.url()).replace("micro-key", "other-key");
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(callers.submit(() -> statuses(router, 40)));
      }
      Future<Integer> reloads = callers.submit(() -> reloadUntil(over, router, yaml(), other));
      List<Integer> statuses = new ArrayList<>();
      for (Future<List<Integer>> call : calls) {
        statuses.addAll(call.get());
      }
      over.set(true);

      assertThat(statuses).hasSize(320).containsOnly(200);
      assertThat(reloads.get()).isGreaterThan(2);
    }
    assertThat(micro.seen().size() + turbo.seen().size()).isEqualTo(320);
  }

  private static int reloadUntil(
      AtomicBoolean over, FailoverRouter router, String one, String other) {
    int reloads = 0;
    while (!over.get()) {
      reload(router, reloads++ % 2 == 0 ? other : one);
    }
    return reloads;
  }

  private List<Integer> statuses(FailoverRouter router, int calls) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      statuses.add(fixture.post(router, DATED, "{}").statusCode());
    }
    return statuses;
  }

  private FailoverRouter router() {
    return fixture.start(yaml(), fixture.clock);
  }

  private String yaml() {
    return RouterFixture.yaml(micro.url(), turbo.url());
  }

  private static String onlyTurbo(String url) {
    return """
    listen: 127.0.0.1:0
    backends:
      turbo: {url: "%s", api-version: 2024-10-21}
    pools:
      gpt: [{backend: turbo}]
    routes:
      - {deployment: gpt-35-turbo, pool: gpt}
    """
        .formatted(url);
  }

  private static Reloaded reload(FailoverRouter router, String yaml) {
    return router.reload(RouterConfig.parse("router.yaml", yaml, name -> null));
  }

  private String servedBy(FailoverRouter router) throws IOException, InterruptedException {
    return fixture
        .post(router, DATED, "{}")
        .headers()
        .firstValue("x-router-backend")
        .orElse("nobody");
  }

  private static void stream(HttpExchange exchange, CountDownLatch more) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(FIRST_EVENT.getBytes(StandardCharsets.UTF_8));
    out.flush();
    await(more);
    out.write(LAST_EVENTS.getBytes(StandardCharsets.UTF_8));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
