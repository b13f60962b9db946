package dev.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Faults as people write them. */
class FaultSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status 503 at before",
        "error server-error at headers",
        "preset retry-after-ms-0 at before",
        "html 502 at headers",
        "delay 250ms at before",
        "stall 2s at chunk 3",
        "hang at end",
        "hang 1h at body",
        "reset at byte 100",
        "close at chunk 1",
        "truncate at body",
        "wrong-length +10 at headers",
        "wrong-length -3 at chunk 2",
        "malformed-json at body",
        "malformed-sse at chunk 2",
        "error-event model-error at chunk 4",
        "missing-done at end",
        "drip 10 every 100ms at body",
        "refused at before",
        "slow-first-token 5 at before",
        "slow-first-token 1.5 at before",
      })
  void isReadAsItIsWritten(String words) {
    if (words.startsWith("refused")) {
      assertThat(FaultAction.parse("refused").text()).isEqualTo("refused");
      return;
    }
    FaultSpec fault = FaultSpec.parse(words);

    assertThat(fault.what().text() + " at " + fault.at().text()).isEqualTo(words);
    assertThat(fault.name()).isEqualTo(words);
    String json = ControlJson.mapper().writeValueAsString(fault);
    assertThat(ControlJson.mapper().readValue(json, FaultSpec.class)).isEqualTo(fault);
  }

  @Test
  void everyKindHasAUsualPlaceWhereItCanStrike() {
    assertThat(FaultKind.values())
        .allSatisfy(kind -> assertThat(kind.places()).contains(kind.usualPlace().phase()));
    assertThat(FaultSpec.parse("stall 1s").at()).isEqualTo(FaultPlace.BODY);
    assertThat(FaultSpec.parse("malformed-sse").at()).isEqualTo(FaultPlace.chunk(1));
    assertThat(FaultSpec.parse("reset at chunk:3").at()).isEqualTo(FaultPlace.chunk(3));
  }

  @Test
  void aWordAloneIsAPreset() {
    assertThat(FaultAction.parse("high-demand")).isEqualTo(new FaultAction.Preset("high-demand"));
  }

  @Test
  void allOfItComesBackFromJson() {
    FaultSpec fault =
        FaultSpec.of("all", new FaultAction.Status(418, "{\"tea\":1}", Map.of("x-tea", "green")))
            .at("headers")
            .matching(
                FaultMatch.ANY
                    .withResource("contoso")
                    .withRegion("eastus")
                    .withDeployment("micro")
                    .withOperation("chat/completions")
                    .withStream(true)
                    .withCaller("key1")
                    .withHeaders(Map.of("x-test", ""))
                    .withBody("tea")
                    .withBodyRegex("t.a"))
            .first(2)
            .every(3)
            .withProbability(0.5)
            .between(Duration.ofSeconds(10), Duration.ofMillis(90_500));

    String json = ControlJson.mapper().writeValueAsString(fault);

    assertThat(json)
        .isEqualTo(
            """
            {"name":"all","match":{"resource":"contoso","region":"eastus","deployment":"micro",\
            "operation":"chat/completions","stream":true,"caller":"key1",\
            "headers":{"x-test":""},"body":"tea","body-regex":"t.a"},"at":"headers",\
            "what":{"status":418,"body":"{\\"tea\\":1}","headers":{"x-tea":"green"}},\
            "when":{"first":2,"every":3,"probability":0.5,"from":"10s","to":"90500ms"}}\
            """);
    assertThat(ControlJson.mapper().readValue(json, FaultSpec.class)).isEqualTo(fault);
  }

  @Test
  void onlyWhatMustBeThere() {
    assertThat(ControlJson.mapper().readValue("{\"what\":\"reset\"}", FaultSpec.class))
        .isEqualTo(FaultSpec.of("reset at before", "reset"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; 'what' is missing",
        "{\"what\":\"\"}; there is no fault ''; there is status, error, preset,",
        "{\"what\":\"fry 2s\"}; there is no fault 'fry'; there is status, error, preset,",
        "{\"what\":7}; 'what' is a text such as 'reset', or an object with a 'status'",
        "{\"what\":\"delay\"}; 'delay' needs more, as in 'delay 2s'",
        "{\"what\":\"delay soon\"}; 'soon' is no length of time such as 250ms, 10s, 2m or 1h",
        "{\"what\":\"reset now\"}; 'reset' stands alone, without 'now'",
        "{\"what\":\"status many\"}; 'status' needs a number, as in 'status 503', and not 'many'",
        "{\"what\":\"status 99\"}; 'status' is from 200 to 599, and not 99",
        "{\"what\":\"drip 10\"}; 'drip' needs bytes and a time, as in 'drip 10 every 100ms'",
        "{\"what\":\"drip 0 every 1s\"}; a drip has 1 byte or more, and not 0",
        "{\"what\":\"wrong-length 0\"}; a length that is off by 0 is right",
        "{\"what\":\"error boom\"}; there is no error 'boom'; there is server-error,",
        "{\"what\":\"error-event timeout\"}; a stream cannot end in timeout; it can in",
        "{\"what\":\"slow-first-token -1\"}; a first token comes 0 times as late or more",
        "{\"what\":{\"body\":\"x\"}}; 'status' is missing, or no whole number",
        "{\"what\":{\"status\":500,\"boby\":\"x\"}}; unknown key 'boby'; expected one of body,",
        "{\"what\":\"reset\",\"at\":\"chunk\"}; 'at' is one of before, headers, body, byte 100,",
        "{\"what\":\"reset\",\"at\":\"chunk 0\"}; chunks are counted from 1, and not from 0",
        "{\"what\":\"delay 1s\",\"at\":\"end\"}; 'delay' strikes at before, headers, and not at end",
        "{\"what\":\"reset\",\"at\":\"chunk 1\",\"match\":{\"stream\":false}};"
            + " 'reset' at chunk 1 strikes streams only, and 'match' wants none",
        "{\"what\":\"refused\"}; 'refused' is of a resource with a port of its own",
        "{\"what\":\"refused\",\"match\":{\"resource\":\"a\",\"caller\":\"b\"}};"
            + " 'refused' strikes no single calls",
        "{\"what\":\"slow-first-token 5\",\"when\":{\"first\":1}};"
            + " 'slow-first-token' strikes no single calls",
        "{\"what\":\"reset\",\"when\":{\"first\":0}}; 'first' is a number of calls from 1 up",
        "{\"what\":\"reset\",\"when\":{\"every\":0}}; 'every' is a number of calls from 1 up",
        "{\"what\":\"reset\",\"when\":{\"probability\":2}}; 'probability' is from 0 to 1",
        "{\"what\":\"reset\",\"when\":{\"from\":\"9s\",\"to\":\"9s\"}}; 'to' is later than 'from'",
        "{\"what\":\"reset\",\"name\":\"a/b\"}; a fault's name has 1 to 128 characters, and no '/'",
        "{\"what\":\"reset\",\"match\":{\"body-regex\":\"(\"}}; Unclosed group",
      })
  void whatCannotBeIsRefusedInASentence(String json, String problem) {
    assertThatThrownBy(() -> ControlJson.mapper().readValue(json, FaultSpec.class))
        .isInstanceOf(JacksonException.class)
        .satisfies(refusal -> assertThat(sentence(refusal)).startsWith(problem));
  }

  private static String sentence(Throwable refusal) {
    Throwable cause = refusal;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "1.5s,1500", "2m,120000", "1h,3600000", "0ms,0"})
  void lengthsOfTimeComeBackAsTheyWere(String text, long millis) {
    Duration time = Duration.ofMillis(millis);

    assertThat(TimeText.parse(text)).isEqualTo(time);
    assertThat(TimeText.parse(TimeText.of(time))).isEqualTo(time);
  }

  @Test
  void onlyStreamsHaveChunksAndOnlyOthersHaveBytes() {
    assertThat(FaultSpec.parse("reset at chunk 1").suits(false)).isFalse();
    assertThat(FaultSpec.parse("missing-done").suits(false)).isFalse();
    assertThat(FaultSpec.parse("reset at byte 1").suits(true)).isFalse();
    assertThat(Arrays.asList(true, false))
        .allMatch(streamed -> FaultSpec.parse("reset at body").suits(streamed));
  }
}
