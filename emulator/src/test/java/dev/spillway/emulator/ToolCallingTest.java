package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When a model calls tools, which, and what that costs. */
class ToolCallingTest {

  private static final String TOOLS =
      """
      "tools": [
        {"type": "function", "function": {"name": "get_time", "description": "The hour somewhere",
          "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}}}},
        {"type": "function", "function": {"name": "get_weather", "description": "Rain and sun",
          "parameters": {"type": "object", "required": ["city", "days"], "properties": {
            "city": {"type": "string"}, "days": {"type": "integer", "maximum": 9}}}}},
        {"type": "function", "function": {"name": "ping"}}]
      """;

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026", DeploymentSpec.standard("omni", "gpt-4o-mini", Limit.of(1_000)));

  private JsonNode answer(String body) {
    RawHttp.Answer answer = emulator.chat("omni", "2024-10-21", body);
    assertThat(answer.statusLine()).as(answer.body()).contains("200");
    return JsonMapper.shared().readTree(answer.body());
  }

  private JsonNode choice(String body) {
    return answer(body).path("choices").path(0);
  }

  private static String asking(String question, String more) {
    return EmulatorFixture.asking(question, "," + TOOLS + more);
  }

  private static List<String> called(JsonNode choice) {
    return choice
        .path("message")
        .path("tool_calls")
        .valueStream()
        .map(call -> call.path("function").path("name").asString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "What is the weather in Paris?; get_weather",
        "Call get_time please; get_time",
        "Will there be rain?; get_weather",
        "Hello; get_time",
        "Ping it; ping",
        "Weather and time in Oslo?; get_time, get_weather",
      })
  void aUsersMessageCallsWhatItMentionsOrElseTheClosestTool(String question, String tools) {
    JsonNode choice = choice(asking(question, ""));

    assertThat(called(choice)).containsExactlyInAnyOrder(tools.split(", "));
    assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(choice.path("message").path("content").isNull()).isTrue();
  }

  @Test
  void argumentsFollowTheSchemaAndTheQuestion() {
    JsonNode call =
        choice(asking("What is the weather in Paris?", ""))
            .path("message")
            .path("tool_calls")
            .path(0);
    JsonNode arguments =
        JsonMapper.shared().readTree(call.path("function").path("arguments").asString());

    assertThat(arguments.path("city").asString()).isEqualTo("Paris");
    assertThat(arguments.path("days").isIntegralNumber()).isTrue();
    assertThat(call.path("id").asString()).matches("call_[A-Za-z0-9]{24}");
    assertThat(call.path("type").asString()).isEqualTo("function");
  }

  @Test
  void afterAToolsResultItAnswersInWords() {
    String body =
        """
        {"messages": [{"role": "user", "content": "Weather?"},
          {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1",
            "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "call_1", "content": "sunny"}], %s%s}
        """;

    assertThat(choice(body.formatted(TOOLS, "")).path("message").path("content").asString())
        .isNotBlank();
    assertThat(called(choice(body.formatted(TOOLS, ", \"tool_choice\": \"required\""))))
        .containsExactly("get_weather");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"none\"; ``; stop",
        "\"required\"; get_weather; tool_calls",
        "{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}; ping; stop",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":"
            + "\"function\",\"function\":{\"name\":\"get_time\"}}]}}; get_time; tool_calls",
      })
  void theCallerMayChoose(String toolChoice, String tool, String finishReason) {
    JsonNode choice = choice(asking("Weather?", ",\"tool_choice\":" + toolChoice));

    assertThat(String.join(",", called(choice))).isEqualTo(tool);
    assertThat(choice.path("finish_reason").asString()).isEqualTo(finishReason);
  }

  @Test
  void severalAreCalledAtOnceOnlyWhereThatIsWanted() {
    String question = "Weather and time in Oslo?";

    assertThat(called(choice(asking(question, ",\"parallel_tool_calls\":false"))))
        .containsExactly("get_time");
  }

  @Test
  void eachOfSeveralAnswersCallsForItself() {
    JsonNode choices = answer(asking("Weather?", ",\"n\":2")).path("choices");

    assertThat(called(choices.path(0))).isEqualTo(called(choices.path(1)));
    assertThat(choices.path(0).path("message").path("tool_calls").path(0).path("id"))
        .isNotEqualTo(choices.path(1).path("message").path("tool_calls").path(0).path("id"));
  }

  @Test
  void aCallThatDoesNotFitIsCutAndSaysSo() {
    JsonNode whole = answer(asking("What is the weather in Paris?", ""));
    int tokens = whole.path("usage").path("completion_tokens").asInt();
    JsonNode cut =
        answer(asking("What is the weather in Paris?", ",\"max_tokens\":" + (tokens - 2)));

    assertThat(cut.path("choices").path(0).path("finish_reason").asString()).isEqualTo("length");
    assertThat(arguments(whole)).startsWith(arguments(cut)).isNotEqualTo(arguments(cut));
    assertThat(cut.path("usage").path("completion_tokens").asInt()).isEqualTo(tokens - 2);
  }

  private static String arguments(JsonNode answer) {
    return answer
        .path("choices")
        .path(0)
        .path("message")
        .path("tool_calls")
        .path(0)
        .path("function")
        .path("arguments")
        .asString();
  }

  /** ping: one token of a name, two of {@code {}}... and seven around them. */
  @Test
  void aCallCostsItsNameItsArgumentsAndSeven() {
    JsonNode usage = answer(asking("Ping it", "")).path("usage");

    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(1 + 1 + 7);
  }

  @Test
  void aStreamOfCallsAddsUpToTheWholeAnswerAndIsBilledAsMuch() {
    String question = "Weather and time in Oslo?";
    JsonNode whole = answer(asking(question, ",\"stream\":false"));
    RawHttp.Answer stream =
        emulator.chat(
            "omni",
            "2024-10-21",
            asking(question, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

    StringBuilder arguments = new StringBuilder();
    for (String event : stream.events().subList(1, stream.events().size() - 2)) {
      JsonNode delta = JsonMapper.shared().readTree(event).path("choices").path(0).path("delta");
      arguments.append(
          delta.path("tool_calls").path(0).path("function").path("arguments").asString(""));
    }
    assertThat(stream.body()).contains("\"finish_reason\":\"tool_calls\"");
    assertThat(arguments.toString()).startsWith("{").endsWith("}").contains("}{");
    assertThat(stream.body())
        .contains("\"prompt_tokens\":" + whole.path("usage").path("prompt_tokens").asInt());
    assertThat(emulator.control().journal(JournalQuery.ofDeployment("omni")))
        .filteredOn(JournalEntry::stream)
        .singleElement()
        .satisfies(call ->
            assertThat(stream.body()).contains("\"completion_tokens\":" + call.completionTokens()));
  }

  @Test
  void beforeThereWereToolsThereWereFunctions() {
    String functions =
        ",\"functions\":[{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\","
            + "\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}]";
    JsonNode choice = choice(EmulatorFixture.asking("Weather in the city of Rome", functions));
    String stream =
        emulator
            .chat(
                "omni",
                "2024-10-21",
                EmulatorFixture.asking("Weather?", functions + ",\"stream\":true"))
            .body();

    assertThat(choice.path("finish_reason").asString()).isEqualTo("function_call");
    assertThat(choice.path("message").path("function_call").path("arguments").asString())
        .isEqualTo("{\"city\":\"Rome\"}");
    assertThat(choice.path("message").has("tool_calls")).isFalse();
    assertThat(stream)
        .contains(
            "\"delta\":{\"content\":null,\"function_call\":{\"arguments\":\"\",\"name\":\"get_weather\"}",
            "\"delta\":{\"function_call\":{\"arguments\":\"{\\\"\"}}",
            "\"finish_reason\":\"function_call\"");
  }
}
