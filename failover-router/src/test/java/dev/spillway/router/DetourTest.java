package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request goes on that a backend has refused for its own sake. */
class DetourTest {

  private static final String PATH = "/openai/deployments/gpt/chat/completions";
  private static final String TOO_LONG =
      "{\"error\":{\"message\":\"128000 tokens.\",\"code\":\"context_length_exceeded\"}}";
  private static final String FILTERED =
      "{\"error\":{\"message\":\"Filtered.\",\"code\":\"content_filter\",\"status\":400}}";
  private static final String LONGER = "on-context-length: large";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend small = fixture.backend();
  private final FakeBackend twin = fixture.backend();
  private final FakeBackend large = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Threads 11 and 64: byte for byte, to nobody else, and held against nobody. */
  @ParameterizedTest
  @ValueSource(strings = {TOO_LONG, FILTERED})
  void aRefusalIsTheCallersAsItCameUnlessTheRouteSaysOtherwise(String body) throws Exception {
    small.answering(400, body);
    FailoverRouter router = router("");

    HttpResponse<String> answer = ask(router);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("x-router-backend")).hasValue("small");
    assertThat(twin.seen()).isEmpty();
    assertThat(large.seen()).isEmpty();
    assertHealthy(router);
  }

  @Test
  void whatIsTooLongForOneModelGoesOnToAnother() throws Exception {
    small.answering(400, TOO_LONG);
    FailoverRouter router = router(LONGER);

    HttpResponse<String> answer = ask(router);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-router-trace"))
        .hasValue("small=400(0ms) -> large=200(0ms)");
    assertThat(router.traces().getFirst()).contains("\"why\":\"too long for the model\"");
    assertThat(large.last().body()).isEqualTo(small.last().body());
    assertThat(twin.seen()).isEmpty();
    assertHealthy(router);
  }

  @Test
  void whatOneFilterRefusesGoesOnToAnother() throws Exception {
    small.answering(400, FILTERED);

    assertThat(trace(router("on-content-filter: large")))
        .isEqualTo("small=400(0ms) -> large=200(0ms)");
  }

  /** Thread 64: an error inside of a stream that has not begun is an answer like any other. */
  @Test
  void aRefusalInsideOfAStreamGoesOnToo() throws Exception {
    small.answeringWith(
        200,
        "text/event-stream",
        "data: {\"error\":{\"code\":\"content_filter\",\"message\":\"F\",\"status\":400}}\n\n");

    assertThat(trace(router("on-content-filter: large"))).endsWith(" -> large=200(0ms)");
  }

  @Test
  void oneDetourIsNotTheOther() throws Exception {
    small.answering(400, FILTERED);

    assertThat(trace(router(LONGER))).isEqualTo("small=400(0ms)");
  }

  @Test
  void anyOtherRefusalStaysTheCallers() throws Exception {
    small.answering(400, "{\"error\":{\"code\":\"invalid_value\"}}");

    assertThat(trace(router("on-context-length: large, on-content-filter: large")))
        .isEqualTo("small=400(0ms)");
  }

  @Test
  void whatIsTooLongForBothIsRefusedByTheLast() throws Exception {
    small.answering(400, TOO_LONG);
    large.answering(400, TOO_LONG.replace("128000", "1000000"));

    HttpResponse<String> answer = ask(router(LONGER));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("1000000 tokens");
    assertThat(answer.headers().firstValue("x-router-attempts")).hasValue("2");
  }

  @Test
  void aDetourThatRestsLeavesTheRefusalToTheCaller() throws Exception {
    small.answering(400, TOO_LONG);
    large.answering(429, "{}", "Retry-After", "30");
    FailoverRouter router = router(LONGER);

    assertThat(trace(router)).isEqualTo("small=400(0ms) -> large=429(retry-after 30s, 0ms)");
    HttpResponse<String> answer = ask(router);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(TOO_LONG);
  }

  @Test
  void noAttemptIsMadeBeyondTheCap() throws Exception {
    small.answering(400, TOO_LONG);

    assertThat(trace(router(LONGER + ", max-attempts: 1"))).isEqualTo("small=400(0ms)");
  }

  /** A detour is no way around what a caller may use. */
  @Test
  void aCallerGoesOnOnlyToWhereItMayGo() throws Exception {
    small.answering(400, TOO_LONG);
    FailoverRouter router =
        router(
            LONGER,
            "clients: [{name: a, key: one, routes: [small]}, {name: b, key: two, routes: [gpt]}]");

    assertThat(fixture.post(router, PATH, "{}", "api-key", "one").statusCode()).isEqualTo(400);
    assertThat(fixture.post(router, PATH, "{}", "api-key", "two").statusCode()).isEqualTo(200);
  }

  private void assertHealthy(FailoverRouter router) throws Exception {
    assertThat(fixture.get(router, "/router/backends").body())
        .doesNotContain("resting", "benched", "quarantined");
  }

  private String trace(FailoverRouter router) throws Exception {
    return ask(router).headers().firstValue("x-router-trace").orElseThrow();
  }

  private HttpResponse<String> ask(FailoverRouter router) throws Exception {
    return fixture.post(router, PATH, "{\"messages\":[]}");
  }

  private FailoverRouter router(String keys, String... moreLines) {
    return fixture.start(
        """
        listen: 127.0.0.1:0
        %s
        backends:
          small: {url: "%s", api-version: 2024-10-21}
          twin: {url: "%s", api-version: 2024-10-21}
          large: {url: "%s", api-version: 2024-10-21}
        pools:
          small: [{backend: small}, {backend: twin, priority: 2}]
          large: [{backend: large}]
        routes: [{deployment: gpt, pool: small, %s}]
        """
            .formatted(String.join("\n", moreLines), small.url(), twin.url(), large.url(), keys)
            .replace(", }]", "}]"),
        fixture.clock);
  }
}
