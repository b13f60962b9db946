package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thread 49: a 200 with nothing in it. */
class EmptyAnswerTest {

  private static final String EMPTY = "{\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{}}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anAnswerWithoutChoicesCountsAsAFailure() throws Exception {
    micro.answering(200, EMPTY);
    FailoverRouter router = router("");

    HttpResponse<String> answer = fixture.post(router, "/completions", "{}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-router-trace"))
        .hasValue("micro=garbled(0ms) -> turbo=200(0ms)");
    assertThat(router.traces().getFirst()).contains("\"why\":\"the answer has no choices\"");
  }

  @Test
  void aRouteMayTakeItAsItIs() throws Exception {
    micro.answering(200, EMPTY);

    HttpResponse<String> answer =
        fixture.post(router(", empty-answers: pass"), "/completions", "{}");

    assertThat(answer.body()).isEqualTo(EMPTY);
    assertThat(turbo.seen()).isEmpty();
  }

  /** No text is no failure: a model that only thought has worked, and is paid. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"\"}}]}",
        "{\"choices\":[{}]}",
        "{\"id\":\"1\"}",
        "{\"choices\":null}"
      })
  void onlyAnEmptyListOfChoicesIsOne(String body) throws Exception {
    micro.answering(200, body);

    assertThat(fixture.post(router(""), "/completions", "{}").body()).isEqualTo(body);
  }

  @Test
  void whatIsNotAnsweredInChoicesNeedsNone() throws Exception {
    micro.answering(200, EMPTY);

    String path = "/openai/deployments/gpt-35-turbo/embeddings";
    assertThat(fixture.post(router(""), path, "{}").body()).isEqualTo(EMPTY);
  }

  private FailoverRouter router(String keys) {
    String yaml =
        RouterFixture.yaml(micro.url(), turbo.url())
            .replace(
                "operation: chat/completions, pool: gpt",
                "operation: chat/completions, pool: gpt" + keys);
    return fixture.start(yaml, fixture.clock);
  }
}
