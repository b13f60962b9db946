package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.router.gateway.DescribedRequest;
import dev.spillway.router.gateway.Explanation;
import dev.spillway.router.gateway.ExplanationText;
import dev.spillway.time.TimeSource;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would become of a request, and that it becomes that. */
class ExplainTest {

  private static final String CLIENTS = "clients: [{name: analysts, key: caller-key}]";
  private static final String BODY =
      "{\"model\":\"gpt-35-turbo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aFileIsExplainedWithoutARouter() {
    RouterConfig config =
        RouterConfig.parse(
            "router.yaml", RouterFixture.yaml("http://m", "http://t", CLIENTS), name -> null);
    Explanation explanation =
        FailoverRouter.explain(
            config,
            DescribedRequest.post("/openai/v1/chat/completions", "analysts", bytes(BODY)),
            TimeSource.system());

    assertThat(ExplanationText.of(explanation))
        .isEqualToNormalizingNewlines(
            """
            caller        analysts
            asks for      gpt-35-turbo, chat/completions
            pool          gpt: micro, turbo
            reckoned      19 tokens
            first         asks micro

            micro         POST http://m/openai/v1/chat/completions
              headers     content-type, accept-encoding, api-key
              body        74 bytes, model: micro-dep

            turbo         POST http://t/openai/v1/chat/completions
              headers     content-type, accept-encoding, api-key
              body        72 bytes, model: 35turbo
            """)
        .doesNotContain("micro-key", "caller-key");
  }

  @Test
  void whatIsExplainedIsWhatHappens() throws Exception {
    FailoverRouter router = fixture.router(micro.url(), turbo.url(), CLIENTS);
    micro.answering(429, "{}", "Retry-After", "30");
    HttpResponse<String> first =
        fixture.post(router, "/completions", BODY, "api-key", "caller-key");
    assertThat(first.headers().firstValue("x-router-backend")).hasValue("turbo");

    String described =
        """
        {"path": "/completions", "headers": {"api-key": "caller-key", "x-own": "1"}, "body": %s}\
        """
            .formatted(BODY);
    HttpResponse<String> explained = fixture.post(router, "/router/explain", described);

    assertThat(explained.statusCode()).isEqualTo(200);
    assertThat(explained.body())
        .contains("\"passed-over\" : \"micro=resting(30s)\"", "\"ask\" : \"turbo\"")
        .doesNotContain("micro-key", "turbo-key", "caller-key");
    assertThat(micro.seen().size() + turbo.seen().size()).as("nothing is sent").isEqualTo(2);

    HttpResponse<String> sent =
        fixture.post(router, "/completions", BODY, "api-key", "caller-key", "x-own", "1");
    assertThat(sent.headers().firstValue("x-router-backend")).hasValue("turbo");
    assertThat(explained.body()).contains("\"url\" : \"" + turbo.url() + turbo.last().uri());
  }

  @Test
  void whoseTurnItIsIsNotChangedByAsking() throws Exception {
    String yaml =
        RouterFixture.yaml(micro.url(), turbo.url()).replace("priority: 2", "priority: 1");
    FailoverRouter router = fixture.start(yaml, fixture.clock);
    DescribedRequest request = DescribedRequest.post("/completions", null, bytes("{}"));

    for (String turn : new String[] {"micro", "turbo", "micro"}) {
      for (int i = 0; i < 3; i++) {
        assertThat(ExplanationText.of(router.explain(request))).contains("asks " + turn);
      }
      assertThat(
              fixture.post(router, "/completions", "{}").headers().firstValue("x-router-backend"))
          .hasValue(turn);
    }
  }

  @Test
  void anExhaustedPoolIsExplainedWithItsWait() throws Exception {
    micro.answering(429, "{}", "Retry-After", "30");
    turbo.answering(429, "{}", "Retry-After", "20");
    FailoverRouter router = fixture.router(micro.url(), turbo.url());
    assertThat(fixture.post(router, "/completions", "{}").statusCode()).isEqualTo(429);

    assertThat(
            ExplanationText.of(
                router.explain(DescribedRequest.post("/completions", null, bytes("{}")))))
        .contains("first         answers 429, retry after 20s");
  }

  @Test
  void aRequestThatTheRouterAnswersItselfIsExplained() {
    FailoverRouter router = fixture.router(micro.url(), turbo.url(), CLIENTS);

    assertThat(router.explain(DescribedRequest.post("/completions", null, bytes("{}"))))
        .isInstanceOfSatisfying(
            Explanation.Answered.class, it -> assertThat(it.status()).isEqualTo(401));
    assertThat(router.explain(DescribedRequest.post("/nowhere", "analysts", bytes("{}"))))
        .isInstanceOfSatisfying(
            Explanation.Answered.class, it -> assertThat(it.status()).isEqualTo(404));
    assertThatThrownBy(
            () -> router.explain(DescribedRequest.post("/completions", "nobody", bytes("{}"))))
        .hasMessage("there is no client 'nobody'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | is not JSON",
        "[] | must be a JSON object with a 'path'",
        "{\"body\": {}} | needs a 'path' that starts with '/'",
        "{\"path\": 1} | needs a text as its 'path'",
        "{\"path\": \"/a\", \"boddy\": {}} | has an unknown member 'boddy'",
      })
  void aWrongDescriptionIsSaidInOneLine(String description, String problem) throws Exception {
    HttpResponse<String> answer =
        fixture.post(fixture.router(micro.url(), turbo.url()), "/router/explain", description);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(problem);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
