package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.time.VirtualClock;
import dev.spillway.yaml.YamlException;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend whose model cannot take so much is not asked while there is another that can. */
class ContextWindowTest {

  private static final String PATH = "/openai/deployments/gpt/chat/completions";
  private static final String TOO_LONG =
      "{\"error\":{\"message\":\"Too long.\",\"code\":\"context_length_exceeded\"}}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend small = fixture.backend();
  private final FakeBackend large = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatDoesNotFitGoesToTheNextAndTheTraceSaysWhy() throws Exception {
    FailoverRouter router = router("1k", "10k");

    assertThat(trace(ask(router, 3_000, 300)))
        .isEqualTo("small=too-small(needs 1050, takes 1000) -> large=200(0ms)");
    assertThat(router.traces().getFirst())
        .contains(
            "{\"step\":\"skipped\",\"backend\":\"small\",\"why\":\"too-small\",\"needs\":1050,\"context-window\":1000}");
    assertThat(small.seen()).isEmpty();
  }

  @Test
  void whatJustFitsIsAskedOfTheFirst() throws Exception {
    assertThat(trace(ask(router("1050", "10k"), 3_000, 300))).isEqualTo("small=200(0ms)");
  }

  @Test
  void nothingIsReadOfAPromptWhereNobodySaysHowMuchFits() throws Exception {
    assertThat(trace(ask(router(null, null), 3_000, 300))).isEqualTo("small=200(0ms)");
  }

  /** The estimate may be wrong, and the refusal of a model is better than ours. */
  @Test
  void whereItFitsNobodyTheFirstIsAskedAllTheSame() throws Exception {
    small.answering(400, TOO_LONG);
    FailoverRouter router = router("1k", "1k");

    HttpResponse<String> answer = ask(router, 8_000, 300);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(TOO_LONG);
    assertThat(trace(answer))
        .isEqualTo("small=too-small(needs 2300, takes 1000) -> small=400(0ms)");
  }

  /** A wait is worth more than a refusal that is for good. */
  @Test
  void whileTheOnlyOneThatCanTakeItRestsItIsNotAskedOfOneThatCannot() throws Exception {
    large.answering(429, "{}", "Retry-After", "7");
    FailoverRouter router = router("1k", "10k");

    HttpResponse<String> answer = ask(router, 8_000, 300);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(small.seen()).isEmpty();
  }

  @Test
  void aWindowIsANumberOfTokens() {
    assertThatThrownBy(() -> router("none", "10k"))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("router.yaml:3")
        .hasMessageContaining("a whole number above 0, such as 500, 40k or 2M");
  }

  private FailoverRouter router(@Nullable String ofSmall, @Nullable String ofLarge) {
    return fixture.start(
        """
        listen: 127.0.0.1:0
        backends:
          small: {url: "%s", api-version: 2024-10-21%s}
          large: {url: "%s", api-version: 2024-10-21%s}
        pools:
          gpt: [{backend: small, priority: 1}, {backend: large, priority: 2}]
        routes:
          - {deployment: gpt, pool: gpt}
        """
            .formatted(small.url(), window(ofSmall), large.url(), window(ofLarge)),
        VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private static String window(@Nullable String tokens) {
    return tokens == null ? "" : ", context-window: " + tokens;
  }

  private HttpResponse<String> ask(FailoverRouter router, int characters, int maxTokens)
      throws Exception {
    String body =
        "{\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(maxTokens, "x".repeat(characters));
    return fixture.post(router, PATH + "?api-version=2024-10-21", body);
  }

  private static String trace(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-router-trace").orElseThrow();
  }
}
