package dev.spillway.scenarios.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.format.Traffic;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.Exchange.End;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.HttpCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPlayerTest {

  private static final String ROLE = "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}";
  private static final String WORD = "{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}";
  private static final String ERROR = "{\"error\":{\"message\":\"failed\"}}";

  private final ScriptedStage stage = new ScriptedStage();

  private static Traffic traffic(String item) {
    String yaml =
        """
        scenario: One call
        emulator: {resources: {a: {deployments: {gpt: {model: m}}}}}
        client: {key: caller-key}
        traffic: [{name: t, calls: 1, %s}]
        expect: [{leaked-429: 0}]
        """
            .formatted(item);
    Scenario scenario =
        new ScenarioReader(name -> null, client -> client).parse(Path.of("x.yaml"), yaml);
    return scenario.traffic().getFirst();
  }

  private CallRecord play(String item) throws InterruptedException {
    return new CallPlayer(stage, 0).play(traffic(item), 7);
  }

  @Test
  void aCallHasAnIdInItsHeaderAndInItsPrompt() throws Exception {
    stage.answers(200, "{}");

    CallRecord record = play("prompt: 40, answer: 9");

    HttpCall call = stage.calls().getFirst();
    assertThat(call.headers())
        .containsExactly(
            new Header("x-ms-client-request-id", "t-7"),
            new Header("api-key", "caller-key"),
            new Header("content-type", "application/json"));
    assertThat(call.body()).startsWith("{\"messages\":").contains("[t-7] the sun was");
    assertThat(call.body()).contains("\"max_tokens\":9").isEqualTo(record.requestBody());
    assertThat(call.leavesAfter()).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({"512, 512", "16KiB, 16384", "1MiB, 1048576"})
  void aBodyIsAsLongAsIsAskedFor(String bytes, int length) throws Exception {
    stage.answers(200, "{}");

    assertThat(play("bytes: " + bytes).requestBody().getBytes(StandardCharsets.UTF_8))
        .hasSize(length);
  }

  @Test
  void furtherMembersAreAddedAndTakenAway() throws Exception {
    stage.answers(200, "{}");

    CallRecord record =
        play("operation: responses, stream: true, with: {n: 2, max_output_tokens: null}");

    assertThat(record.requestBody())
        .contains("\"model\":\"gpt\"", "\"input\":\"[t-7] ", "\"stream\":true", "\"n\":2")
        .doesNotContain("max_output_tokens");
  }

  @Test
  void aWholeAnswerIsWrittenDown() throws Exception {
    stage.answers(200, "{\"a\":1}", new Header("X-One", "1"));

    Exchange seen = play("").last();

    assertThat(seen.id()).isEqualTo("t-7");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.end()).isEqualTo(End.COMPLETE);
    assertThat(seen.header("x-one")).contains("1");
    assertThat(seen.body()).isEqualTo("{\"a\":1}");
    assertThat(seen.bytes()).isEqualTo(7);
    assertThat(seen.answered()).isEqualTo(Duration.ofMillis(10));
    assertThat(seen.ended()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aStreamSaysSomethingWithItsFirstContentAndIsCompleteWithItsDone() throws Exception {
    stage.streams(false, ROLE, WORD, WORD, "[DONE]");

    Exchange seen = play("stream: true").last();

    assertThat(seen.end()).isEqualTo(End.COMPLETE);
    assertThat(seen.firstContent()).isEqualTo(Duration.ofMillis(30));
    assertThat(seen.ended()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void theOtherEndsOfAStream() throws Exception {
    stage
        .streams(false, WORD)
        .streams(true, WORD)
        .streams(true, WORD, ERROR)
        .streams(false, ROLE, "{\"type\":\"response.completed\"}")
        .streams(false, "{\"type\":\"response.failed\"}");

    assertThat(play("stream: true").last().end()).isEqualTo(End.UNFINISHED);
    assertThat(play("stream: true").last().end()).isEqualTo(End.CUT);
    assertThat(play("stream: true").last().end()).isEqualTo(End.ERROR_EVENT);
    assertThat(play("stream: true").last().end()).isEqualTo(End.COMPLETE);
    assertThat(play("stream: true").last().end()).isEqualTo(End.ERROR_EVENT);
  }

  @Test
  void noConnectionIsNoAnswer() throws Exception {
    stage.answers(0, "");

    Exchange seen = play("").last();

    assertThat(seen.status()).isZero();
    assertThat(seen.end()).isEqualTo(End.NO_ANSWER);
    assertThat(seen.problem()).isEqualTo("connection refused");
    assertThat(seen.answered()).isNull();
  }

  @Test
  void aPatientCallerWaitsAsItWasToldAndAsksAgainWithAnotherId() throws Exception {
    stage.answers(429, "", new Header("Retry-After", "6")).answers(200, "{}");

    CallRecord record = play("retries: 2");

    assertThat(record.exchanges()).extracting(Exchange::id).containsExactly("t-7", "t-7.2");
    assertThat(record.last().sent()).isEqualTo(Duration.ofMillis(6_020));
    assertThat(record.last().isServed()).isTrue();
    assertThat(stage.calls().getLast().body()).contains("[t-7.2] ");
  }

  @Test
  void whoIsToldNothingComesLaterAndLater() throws Exception {
    stage.answers(500, "").answers(0, "").answers(503, "");

    CallRecord record = play("retries: 2");

    assertThat(record.exchanges())
        .extracting(Exchange::sent)
        .containsExactly(Duration.ZERO, Duration.ofMillis(520), Duration.ofMillis(1_530));
  }

  @Test
  void anImpatientCallerComesBackAtOnce() throws Exception {
    stage.answers(429, "", new Header("Retry-After", "6")).answers(200, "{}");

    assertThat(play("retries: 1, waits: false").last().sent()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void nobodyTriesAgainWhatIsRefusedForGoodOrIsNotToBeTriedAgain() throws Exception {
    stage.answers(400, "").answers(429, "", new Header("x-should-retry", "false"));

    assertThat(play("retries: 3").exchanges()).hasSize(1);
    assertThat(play("retries: 3").exchanges()).hasSize(1);
  }
}
