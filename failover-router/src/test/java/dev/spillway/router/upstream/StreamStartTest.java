package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.upstream.StreamStart.Sign;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamStartTest {

  private static final String ANNOTATIONS =
      "{\"choices\":[],\"created\":0,\"id\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0}]}";
  private static final String ROLE =
      "{\"choices\":[{\"delta\":{\"content\":\"\",\"refusal\":null,\"role\":\"assistant\"},\"finish_reason\":null,\"index\":0}]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ANNOTATIONS,
        ROLE,
        "{\"type\":\"response.created\",\"response\":{\"error\":null}}",
        "{\"type\":\"response.queued\"}",
        "{\"type\":\"response.in_progress\"}",
        "{\"type\":\"response.output_item.added\",\"item\":{}}",
        "{\"type\":\"response.content_part.added\",\"part\":{}}",
      })
  void whatEveryBackendPromisesSaysNothing(String data) {
    assertThat(sign(data)).isInstanceOf(Sign.Nothing.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
        "{\"choices\":[{\"delta\":{\"refusal\":\"no\"}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}",
        "{\"choices\":[{\"delta\":{\"function_call\":{}}}]}",
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"text\":\"a\",\"index\":0}]}",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"a\"}",
        "{\"type\":\"response.completed\",\"response\":{}}",
        "{\"anything\":\"else\"}",
      })
  void contentIsWhatACallerWouldMiss(String data) {
    assertThat(sign(data)).isInstanceOf(Sign.Content.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"error\":{\"code\":\"429\",\"message\":\"m\"}}; 429",
        "{\"error\":{\"code\":\"RateLimitReached\",\"message\":\"m\"}}; 429",
        "{\"error\":{\"code\":null,\"type\":\"tokens\",\"message\":\"m\"}}; 429",
        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}; 429",
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"too_many_requests\"}}}; 429",
        "{\"error\":{\"code\":\"content_filter\",\"message\":\"m\"}}; 400",
        "{\"error\":{\"code\":503,\"message\":\"m\"}}; 503",
        "{\"error\":{\"type\":\"server_error\",\"message\":\"m\"}}; 500",
        "{\"type\":\"response.failed\",\"response\":{}}; 500",
      })
  void anErrorHasTheStatusItWouldHaveHad(String data, int status) {
    assertThat(sign(data))
        .isInstanceOfSatisfying(
            Sign.Failure.class, failure -> assertThat(failure.error().status()).isEqualTo(status));
  }

  @Test
  void theNameOfAnEventIsEnough() {
    assertThat(feed("event: error\ndata: {\"message\":\"Too Many Requests\"}\n\n"))
        .isInstanceOf(Sign.Failure.class);
  }

  @Test
  void anErrorRightBehindContentStillCounts() {
    assertThat(
            feed(data("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}") + data("{\"error\":{}}")))
        .isInstanceOf(Sign.Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[DONE]", "{\"cho", "<html>"})
  void aStreamThatEndsBeforeItSaysAnythingIsBroken(String data) {
    assertThat(sign(data)).isInstanceOf(Sign.Broken.class);
  }

  /** Commands and heartbeats of proxies. */
  @Test
  void commentsSayNothing() {
    assertThat(feed(": ping\n\n" + data(ROLE) + ": ping\n\n")).isInstanceOf(Sign.Nothing.class);
  }

  @Test
  void thePiecesOfAnEventMayComeOneByOne() {
    StreamStart start = new StreamStart();
    byte[] bytes =
        data("{\"choices\":[{\"delta\":{\"content\":\"é\"}}]}").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length - 1; i++) {
      assertThat(start.feed(new byte[] {bytes[i]}, 1)).isInstanceOf(Sign.Nothing.class);
    }
    assertThat(start.feed(new byte[] {'\n'}, 1)).isInstanceOf(Sign.Content.class);
  }

  private static Sign sign(String data) {
    return feed(data(data));
  }

  private static String data(String data) {
    return "data: " + data + "\n\n";
  }

  private static Sign feed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new StreamStart().feed(bytes, bytes.length);
  }
}
