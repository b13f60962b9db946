package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller may use in a minute, and what it is told when it has. */
class CallerQuotaTest {

  /** 100 characters and an answer of at most 75 tokens: estimated at 100. */
  private static final String BODY =
      "{\"max_tokens\":75,\"messages\":[{\"role\":\"user\",\"content\":\""
          + "x".repeat(100)
          + "\"}]}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCallerOverItsQuotaIsRefusedWithTheExactWait() throws Exception {
    micro.answering(200, usage(100));
    FailoverRouter router = router("tokens-per-minute: 300");
    for (int i = 0; i < 3; i++) {
      assertThat(ask(router).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> refused = ask(router);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "x-router-origin")).isEqualTo("router");
    assertThat(header(refused, "retry-after")).isEqualTo("20");
    assertThat(header(refused, "retry-after-ms")).isEqualTo("20000");
    assertThat(header(refused, "x-router-trace")).isEqualTo("quota=tokens(20s)");
    assertThat(header(refused, "x-router-attempts")).isEqualTo("0");
    assertThat(refused.body())
        .contains(
            "The client 'batch' has used the 300 tokens per minute that this router allows it."
                + " Please retry after 20 seconds.");
    fixture.clock.advance(Duration.ofMillis(19_999));
    assertThat(ask(router).statusCode()).isEqualTo(429);
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(ask(router).statusCode()).isEqualTo(200);
  }

  /** Thread 12: a quota of ours is no fault of a backend's, and asking another would not help. */
  @Test
  void noBackendIsAskedOrBlamedAndTheMetricIsItsOwn() throws Exception {
    FailoverRouter router = router("requests-per-minute: 1");
    for (int i = 0; i < 3; i++) {
      ask(router);
    }

    assertThat(micro.seen()).hasSize(1);
    assertThat(turbo.seen()).isEmpty();
    assertThat(fixture.get(router, "/router/backends").body()).doesNotContain("resting");
    assertThat(fixture.get(router, "/metrics").body())
        .contains("caller_quota_refusals_total{caller=\"batch\",limit=\"requests\"} 2.0")
        .contains("leaked_429_total 0.0");
    assertThat(router.traces().getFirst())
        .contains("\"ending\":\"quota\"")
        .contains("{\"step\":\"over-quota\",\"limit\":\"requests\",\"left-ms\":60000.0}");
  }

  @Test
  void theEstimateIsReplacedByWhatTheBackendReports() throws Exception {
    micro.answering(200, usage(10));
    FailoverRouter router = router("tokens-per-minute: 100");
    for (int i = 0; i < 9; i++) {
      ask(router);
      fixture.clock.advance(Duration.ofSeconds(6)); // 10 tokens have come back
    }

    assertThat(micro.seen()).hasSize(9);
  }

  @Test
  void aStreamThatSaysItsUsageAtItsEndIsCorrectedToo() throws Exception {
    micro.answeringWith(
        200,
        "text/event-stream",
        """
        data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":60,"completion_tokens":60,"total_tokens":120}}

        data: [DONE]

        """);
    FailoverRouter router = router("tokens-per-minute: 100");
    assertThat(ask(router).statusCode()).isEqualTo(200);

    assertThat(header(ask(router), "retry-after")).isEqualTo("72");
  }

  @Test
  void whatComesToNothingCostsTheCallerOnlyItsRequest() throws Exception {
    micro.answering(400, "{\"error\":{\"code\":\"400\"}}");
    FailoverRouter router = router("tokens-per-minute: 100, requests-per-minute: 5");
    for (int i = 0; i < 5; i++) {
      assertThat(ask(router).statusCode()).isEqualTo(400);
    }

    assertThat(header(ask(router), "x-router-trace")).isEqualTo("quota=requests(12s)");
  }

  @Test
  void aReloadForgetsNothingThatACallerHasUsed() throws Exception {
    FailoverRouter router = router("requests-per-minute: 1");
    ask(router);
    router.reload(config("requests-per-minute: 1"));
    assertThat(ask(router).statusCode()).isEqualTo(429);

    router.reload(config("requests-per-minute: 2"));
    assertThat(ask(router).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> ask(FailoverRouter router) throws Exception {
    return fixture.post(router, "/completions", BODY, "api-key", "two");
  }

  private static String usage(int total) {
    return """
    {"id": "1", "choices": [{"index": 0}],
     "usage": {"prompt_tokens": 5, "completion_tokens": %d, "total_tokens": %d}}
    """
        .formatted(total - 5, total);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("(none)");
  }

  private FailoverRouter router(String quota) {
    return fixture.router(micro.url(), turbo.url(), clients(quota));
  }

  private RouterConfig config(String quota) {
    String yaml = RouterFixture.yaml(micro.url(), turbo.url(), clients(quota), "timeout: 30s");
    return RouterConfig.parse("router.yaml", yaml, name -> null);
  }

  private static String clients(String quota) {
    return "clients: [{name: batch, key: two, " + quota + "}]";
  }
}
