package dev.spillway.control.stub;

import static dev.spillway.control.stub.Conditions.body;
import static dev.spillway.control.stub.Conditions.callsFrom;
import static dev.spillway.control.stub.Conditions.deployment;
import static dev.spillway.control.stub.Conditions.header;
import static dev.spillway.control.stub.Conditions.message;
import static dev.spillway.control.stub.Conditions.model;
import static dev.spillway.control.stub.Conditions.operation;
import static dev.spillway.control.stub.Conditions.resource;
import static dev.spillway.control.stub.Conditions.result;
import static dev.spillway.control.stub.Conditions.resultOf;
import static dev.spillway.control.stub.Conditions.streamed;
import static dev.spillway.control.stub.Conditions.system;
import static dev.spillway.control.stub.Conditions.tool;
import static dev.spillway.control.stub.Conditions.turn;
import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.ControlJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StubSpecTest {

  private static final StubSpec EVERYTHING =
      Stub.when(
              resource("contoso")
                  .and(deployment("chat", "mini"))
                  .and(operation("responses"))
                  .and(model("gpt-4o"))
                  .and(header("x-a").isEqualTo("1"))
                  .and(header("x-b").matches("^2"))
                  .and(system().contains("polite"))
                  .and(user().matches("in (\\w+)"))
                  .and(message().contains("hello"))
                  .and(result().isEqualTo("sunny"))
                  .and(resultOf("get_weather"))
                  .and(tool("get_weather"))
                  .and(turn(2))
                  .and(streamed())
                  .and(body("response_format.type").isEqualTo("json_schema")))
          .callsTool("get_weather", Map.of("city", "{{regex.1}}"))
          .alsoCallsTool("get_time", Map.of())
          .finishing("stop")
          .then()
          .streams("It ", "is ", "sunny.")
          .billed(10, 20)
          .then()
          .refuses("No.")
          .named("weather")
          .priority(1);

  private static StubSpec read(String json) {
    return ControlJson.mapper().readValue(json, StubSpec.class);
  }

  @Test
  void everythingComesBackFromJsonAsItWas() {
    String json = ControlJson.mapper().writeValueAsString(EVERYTHING);

    assertThat(read(json)).isEqualTo(EVERYTHING);
  }

  @Test
  void whatIsUsualIsLeftOutOfTheJson() {
    StubSpec stub = Stub.when(user().contains("weather").and(callsFrom(3))).says("Sunny.");

    assertThat(ControlJson.mapper().writeValueAsString(stub))
        .isEqualTo(
            """
            {"when":{"user":{"contains":"weather"},"call":"3.."},"answer":{"text":"Sunny."}}\
            """);
  }

  @Test
  void peopleWriteItShorter() {
    StubSpec stub =
        read(
            """
            {"when": {"deployment": "chat", "user": "weather", "turn": 2, "resultOf": ["a"]},
             "answer": "Sunny.", "then": ["Rainy.", {"calls": [{"name": "umbrella"}]}]}
            """);

    Condition shown = stub.condition();
    assertThat(shown.deployment()).containsExactly("chat");
    assertThat(shown.resultOf()).containsExactly("a");
    assertThat(shown.user()).isEqualTo(TextMatch.plain("weather"));
    assertThat(shown.turn()).isEqualTo(Ordinals.only(2));
    assertThat(stub.script())
        .containsExactly(
            StubAnswer.says("Sunny."),
            StubAnswer.says("Rainy."),
            StubAnswer.calls(StubCall.of("umbrella", Map.of())));
  }

  @Test
  void aConditionIsGivenOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> user().contains("a").and(user().contains("b")))
        .withMessage("the condition 'user' is given twice");
  }

  @ParameterizedTest
  @CsvSource({"2, 1, false", "2, 2, true", "2..4, 4, true", "2..4, 5, false", "3.., 99, true"})
  void whichOnesAreCounted(String text, int number, boolean among) {
    assertThat(Ordinals.parse(text).contains(number)).isEqualTo(among);
    assertThat(Ordinals.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4..2", "..2", "two", "1.5", "-1", "9999999999"})
  void whichOnesAreNumbersFromOneUp(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ordinals.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|the stub has no answer",
        "{'name':'a b','answer':'x'}|a stub's name is 1 to 64 letters",
        "{'answer':{}}|an answer says nothing",
        "{'answer':{'text':'a','chunks':['a']}}|either as text or as chunks",
        "{'answer':{'text':'a','refusal':'b'}}|says nothing else",
        "{'answer':{'text':'a','finish-reason':'content_filter'}}|by a trigger or a marker",
        "{'answer':{'calls':[{}]}}|names no tool",
        "{'answer':{'calls':[{'name':'a','arguments':[1]}]}}|an object, or a text",
        "{'answer':{'text':'a','usage':{'completion':1,'reasoning':2}}}|more than the 1",
        "{'when':{'user':{'like':'a'}},'answer':'x'}|not by 'like'",
        "{'when':{'user':['a']},'answer':'x'}|a text to compare with",
        "{'when':{'user':''},'answer':'x'}|no text to look for",
        "{'when':{'turn':0},'answer':'x'}|counted from 1 up",
        "{'when':{'call':1},'answer':'x','then':['y']}|goes by the conversation's turns",
        "{'when':{'users':'a'},'answer':'x'}|users",
      })
  void whatCannotBeIsSaid(String json, String problem) {
    assertThatThrownBy(() -> read(json.replace('\'', '"'))).hasMessageContaining(problem);
  }
}
