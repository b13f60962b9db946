package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which backend a request reaches by the rules of its route, and how that is told. */
class RoutingRulesTest {

  private static final String DATED = "/openai/deployments/gpt/chat/completions";
  private static final String V1 = "/openai/v1/chat/completions";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend small = fixture.backend();
  private final FakeBackend large = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theRuleIsToldInHeadersAndTraces() throws Exception {
    FailoverRouter router = router();
    String body = chat("x".repeat(36_800));

    HttpResponse<String> answer = fixture.post(router, DATED, body, "api-key", "one");

    String why = "rule 1 'big prompts' (prompt about 9,200 tokens > 8,000)";
    assertThat(answer.headers().firstValue("x-router-route")).hasValue(why);
    assertThat(answer.headers().firstValue("x-router-trace"))
        .hasValue("route: " + why + " -> large=200(0ms)");
    assertThat(router.traces().getFirst())
        .contains("\"pool\":\"large\"", "\"route\":\"" + why + "\"")
        .contains("{\"step\":\"routed\",\"why\":\"" + why + "\"}");
    assertThat(large.last().body()).asString(StandardCharsets.UTF_8).isEqualTo(body);
  }

  @Test
  void whatNoRuleFitsGoesToTheDefault() throws Exception {
    HttpResponse<String> answer = fixture.post(router(), DATED, chat("Hi"), "api-key", "one");

    assertThat(answer.headers().firstValue("x-router-route")).hasValue("default (no rule fits)");
    assertThat(small.seen()).hasSize(1);
    assertThat(large.seen()).isEmpty();
  }

  @Test
  void callersHeadersAndModelsDecide() throws Exception {
    FailoverRouter router = router();

    assertThat(route(router, DATED, chat("Hi"), "api-key", "two"))
        .isEqualTo("rule 2 (caller batch, priority low)");
    assertThat(route(router, DATED, chat("Hi"), "api-key", "one", "x-tier", "gold"))
        .isEqualTo("rule 3 (header x-tier: gold)");
    assertThat(route(router, V1, "{\"model\":\"gpt-4o-mini\"}", "api-key", "one"))
        .isEqualTo("rule 1 (model gpt-4o*)");
    assertThat(route(router, V1, "{\"model\":\"gpt-35\"}", "api-key", "one"))
        .isEqualTo("default (no rule fits)");
    assertThat(route(router, "/own", "{\"model\":\"gpt-4o\"}", "api-key", "one"))
        .isEqualTo("rule 1 (model gpt-4o)");
  }

  /** A caller that is confined to a pool is refused where a rule leads elsewhere. */
  @Test
  void aRuleNeverLeadsACallerToWhereItMayNotGo() throws Exception {
    FailoverRouter router = router();

    assertThat(fixture.post(router, DATED, chat("Hi"), "api-key", "three").statusCode())
        .isEqualTo(200);
    HttpResponse<String> refused =
        fixture.post(router, DATED, chat("Hi"), "api-key", "three", "x-tier", "gold");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(large.seen()).isEmpty();
  }

  @Test
  void aThrottledBackendOfTheChosenPoolFailsOverInsideOfIt() throws Exception {
    large.answering(429, "{}", "Retry-After", "7");

    HttpResponse<String> answer =
        fixture.post(router(), DATED, chat("Hi"), "api-key", "one", "x-tier", "gold");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("x-router-trace"))
        .hasValue("route: rule 3 (header x-tier: gold) -> large=429(retry-after 7s, 0ms)");
    assertThat(small.seen()).isEmpty();
  }

  @Test
  void theSummaryTellsTheRules() {
    assertThat(router().summary())
        .contains(
            "/openai/deployments/gpt/... -> large by rule 1 'big prompts', large by rule 2, large by"
                + " rule 3, else small");
  }

  private String route(FailoverRouter router, String path, String body, String... headers)
      throws Exception {
    HttpResponse<String> answer = fixture.post(router, path, body, headers);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("x-router-route").orElseThrow();
  }

  private static String chat(String text) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
  }

  @Test
  void theRouteOfAnyModelIsNoModel() throws Exception {
    HttpResponse<String> list = fixture.get(router(), "/openai/v1/models", "api-key", "one");

    assertThat(list.body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
  }

  private FailoverRouter router() {
    return fixture.start(
        """
        listen: 127.0.0.1:0
        clients:
          - {name: analysts, key: one}
          - {name: batch, key: two, priority: low}
          - {name: intern, key: three, routes: [small]}
        backends:
          small: {url: "%s", api-version: 2024-10-21}
          large: {url: "%s", api-version: 2024-10-21}
        pools:
          small: [{backend: small}]
          large: [{backend: large}]
        routes:
          - deployment: gpt
            rules:
              - {name: big prompts, when: {prompt-tokens: {above: 8000}}, pool: large}
              - {when: {caller: batch, priority: [low, normal]}, pool: large}
              - {when: {headers: {x-tier: [gold, platinum]}}, pool: large}
            default: small
          - model: "*"
            rules: [{when: {model: [o1, "gpt-4o*"]}, pool: large}]
            default: small
          - path: /own
            operation: chat/completions
            rules: [{when: {model: gpt-4o}, pool: large}]
            default: small
        """
            .formatted(small.url(), large.url()),
        fixture.clock);
  }
}
