package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.CallPlans;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.EmptyAnswers;
import dev.spillway.router.plan.Header;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.upstream.ExpectedJson.Finding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedJsonTest {

  private static final String CHAT = "chat/completions";
  private static final String BROKEN = "the body is empty or broken JSON";

  /** Operation, content type, body, and what is wrong with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "chat/completions; application/json; {} ;",
        "chat/completions; Application/JSON; {} ;",
        "chat/completions; application/json; [1] ;",
        "chat/completions; ''; {} ;",
        "chat/completions; ''; '' ; BROKEN",
        "chat/completions; application/json; [1 ; BROKEN",
        "chat/completions; application/json; {} {} ; BROKEN",
        "chat/completions; application/json; true ; BROKEN",
        "chat/completions; application/json; {\"choices\":[ ; BROKEN",
        "chat/completions; application/json; {\"choices\":[]} x ; BROKEN",
        "chat/completions; application/json; {\"choices\":[]} ; the answer has no choices",
        "chat/completions; application/json; {\"choices\":[],\"x\":{}} ; the answer has no choices",
        "completions; application/json; {\"choices\":[]} ; the answer has no choices",
        "chat/completions; application/json; {\"choices\":[[],{\"a\":[1]}],\"data\":[]} ;",
        "chat/completions; application/json; {\"choices\":[1,2]} ;",
        "embeddings; application/json; {\"choices\":[]} ;",
        "responses; application/json; {\"choices\":[]} ;",
        "embeddings; application/json; { ; BROKEN",
        "chat/completions; TEXT/html; <html> ; JSON was due, but text/html came",
        "audio/speech; audio/mpeg; ID3 ;",
        "audio/transcriptions; text/plain; hello ;",
        "audio/transcriptions; application/json; { ;",
        "unheard/of; text/html; <html> ;",
      })
  void aWholeAnswerHasWhatWasDue(String operation, String type, String body, String wrong) {
    Finding finding = look(call(operation), 200, type, body == null ? "" : body);

    assertThat(finding)
        .isEqualTo(
            wrong == null
                ? new Finding.Right(Heard.NOTHING)
                : new Finding.Wrong(wrong.equals("BROKEN") ? BROKEN : wrong));
  }

  @ParameterizedTest
  @CsvSource({CHAT, "embeddings", "audio/transcriptions"})
  void itIsHeardWhatAnAnswerUsed(String operation) {
    String body = "{\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3},\"choices\":[{}]}";

    assertThat(look(call(operation), 200, "application/json", body))
        .isEqualTo(new Finding.Right(Heard.of(new Usage(7, 3, 0))));
  }

  /** What is packed, or is not simply there, is not looked into. */
  @Test
  void whatCannotBeJudgedIsRight() {
    assertThat(look(call(CHAT), 201, "application/json", "{")).isInstanceOf(Finding.Right.class);
    Header packed = new Header("Content-Encoding", "gzip");
    assertThat(look(call(CHAT), 200, "application/json", "{", packed))
        .isInstanceOf(Finding.Right.class);
    assertThat(look(calling("GET"), 200, "application/json", "{"))
        .isInstanceOf(Finding.Right.class);
    Answer arriving =
        new Answer(
            200,
            List.of(new Header("Content-Type", "text/html")),
            new AnswerBody.Arriving(new ByteArrayInputStream(new byte[0])));
    assertThat(ExpectedJson.lookAt(call(CHAT), arriving)).isInstanceOf(Finding.Right.class);
  }

  @Test
  void aRouteMayTakeAnAnswerWithoutChoices() {
    CallPlan lenient = CallPlans.call("POST", CHAT, EmptyAnswers.PASS, new Stay.Anywhere());

    assertThat(look(lenient, 200, "application/json", "{\"choices\":[]}"))
        .isEqualTo(new Finding.Right(Heard.NOTHING));
  }

  @ParameterizedTest
  @CsvSource({
    "200, chat/completions, text/event-stream, true",
    "200, chat/completions, text/event-stream; charset=utf-8, true",
    "299, chat/completions, text/event-stream, true",
    "300, chat/completions, text/event-stream, false",
    "429, chat/completions, text/event-stream, false",
    "200, chat/completions, application/json, false",
    "200, chat/completions, text/html, false",
    "200, audio/speech, audio/mpeg, true",
    "200, audio/speech, Application/JSON, false",
    "500, audio/speech, audio/mpeg, false",
  })
  void onlyWhatIsGoodAndNoJsonMayPassAsItArrives(
      int status, String operation, String type, boolean passes) {
    Answer head =
        new Answer(
            status, List.of(new Header("Content-Type", type)), new AnswerBody.Whole(new byte[0]));

    assertThat(ExpectedJson.mayPassAsItArrives(call(operation), head)).isEqualTo(passes);
  }

  private static Finding look(CallPlan call, int status, String type, String body, Header... more) {
    List<Header> headers = new ArrayList<>(List.of(more));
    if (!type.isEmpty()) {
      headers.add(new Header("Content-Type", type));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ExpectedJson.lookAt(call, new Answer(status, headers, new AnswerBody.Whole(bytes)));
  }

  private static CallPlan call(String operation) {
    return CallPlans.call("POST", operation, EmptyAnswers.RETRY, new Stay.Anywhere());
  }

  private static CallPlan calling(String method) {
    return CallPlans.call(method, CHAT, EmptyAnswers.RETRY, new Stay.Anywhere());
  }
}
