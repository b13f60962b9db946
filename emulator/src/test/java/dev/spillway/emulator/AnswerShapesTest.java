package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON, stops, probabilities, reasoning and predictions in answers. */
class AnswerShapesTest {

  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["name", "day", "guests"],
       "properties": {"name": {"type": "string"}, "day": {"enum": ["Montag", "Fête", "日"]},
         "guests": {"type": "array", "items": {"$ref": "#/$defs/guest"}}},
       "$defs": {"guest": {"type": "object", "additionalProperties": false,
         "required": ["age"], "properties": {"age": {"type": ["integer", "null"]}}}}}
      """;

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026",
          DeploymentSpec.standard("omni", "gpt-4o", Limit.of(10_000)),
          DeploymentSpec.standard("nano", "gpt-5-nano", Limit.of(10_000)),
          DeploymentSpec.standard("deep", "gpt-5.4", Limit.of(10_000)));

  private JsonNode answer(String deployment, String question, String more) {
    RawHttp.Answer answer =
        emulator.chat(
            deployment, "2025-01-01-preview", EmulatorFixture.asking(question, "," + more));
    assertThat(answer.statusLine()).as(answer.body()).contains("200");
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String text(JsonNode answer) {
    return answer.path("choices").path(0).path("message").path("content").asString();
  }

  private static String finishReason(JsonNode answer) {
    return answer.path("choices").path(0).path("finish_reason").asString();
  }

  private static int details(JsonNode answer, String member) {
    return answer.path("usage").path("completion_tokens_details").path(member).asInt();
  }

  private static String schema() {
    return "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"party\",\"strict\":true,\"schema\":"
        + SCHEMA
        + "}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plan a party", "Another", "And another", "Und noch eine"})
  void anAnswerFollowsItsSchema(String question) {
    String json = text(answer("omni", question, schema()));

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA, InputFormat.JSON)
                .validate(json, InputFormat.JSON))
        .as(json)
        .isEmpty();
  }

  @Test
  void aStreamOfJsonAddsUpToIt() {
    String more = schema() + ",\"stream\":true";
    RawHttp.Answer stream =
        emulator.chat("omni", "2025-01-01-preview", EmulatorFixture.asking("Go", "," + more));
    StringBuilder json = new StringBuilder();
    for (String event : stream.events().subList(1, stream.events().size() - 1)) {
      JsonNode delta = JsonMapper.shared().readTree(event).path("choices").path(0).path("delta");
      json.append(delta.path("content").asString(""));
    }

    assertThat(JsonMapper.shared().readTree(json.toString()).has("guests")).isTrue();
  }

  @Test
  void jsonThatDoesNotFitIsCut() {
    JsonNode answer = answer("omni", "Plan", schema() + ",\"max_tokens\":4");

    assertThat(finishReason(answer)).isEqualTo("length");
    assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void anyObjectWillDoWithoutASchema() {
    JsonNode answer =
        answer("omni", "Some json, please", "\"response_format\":{\"type\":\"json_object\"}");

    assertThat(JsonMapper.shared().readTree(text(answer)).isObject()).isTrue();
  }

  @Test
  void theTextEndsBeforeTheFirstStop() {
    String whole = text(answer("omni", "Tell me", "\"max_tokens\":200"));
    String stop = whole.substring(20, 24);
    JsonNode cut =
        answer("omni", "Tell me", "\"max_tokens\":200,\"stop\":[\"never\",\"%s\"]".formatted(stop));
    String one = text(answer("omni", "Tell me", "\"stop\":\".\""));

    assertThat(text(cut)).doesNotContain(stop).isNotEmpty();
    assertThat(finishReason(cut)).isEqualTo("stop");
    assertThat(one).doesNotContain(".").isNotEmpty();
  }

  @Test
  void everyTokenComesWithItsOdds() {
    JsonNode answer = answer("omni", "Hi", "\"max_tokens\":9,\"logprobs\":true,\"top_logprobs\":3");
    JsonNode content = answer.path("choices").path(0).path("logprobs").path("content");
    StringBuilder text = new StringBuilder();
    for (JsonNode token : content) {
      text.append(token.path("token").asString());
      assertThat(token.path("logprob").asDouble()).isLessThanOrEqualTo(0);
      assertThat(token.path("bytes").size())
          .isEqualTo(token.path("token").asString().getBytes(StandardCharsets.UTF_8).length);
      assertLikely(token);
    }

    assertThat(text.toString()).isEqualTo(text(answer));
  }

  private static void assertLikely(JsonNode token) {
    JsonNode likely = token.path("top_logprobs");
    double sum = 0;
    double before = 0;
    for (JsonNode one : likely) {
      assertThat(one.path("logprob").asDouble()).isLessThanOrEqualTo(before);
      before = one.path("logprob").asDouble();
      sum += Math.exp(before);
    }
    assertThat(likely.size()).isEqualTo(3);
    assertThat(sum).isLessThanOrEqualTo(1.000_001);
    assertThat(likely.path(0).path("token")).isEqualTo(token.path("token"));
  }

  @Test
  void aStreamTellsTheSameOdds() {
    String more = "\"max_tokens\":9,\"logprobs\":true,\"top_logprobs\":1,\"seed\":1";
    JsonNode whole = answer("omni", "Hi", more + ",\"stream\":false");
    RawHttp.Answer stream =
        emulator.chat(
            "omni",
            "2025-01-01-preview",
            EmulatorFixture.asking("Hi", "," + more + ",\"stream\":true"));

    assertThat(whole.path("choices").path(0).path("logprobs").path("content").size()).isPositive();
    assertThat(stream.body()).contains("\"logprobs\":{\"content\":[{\"bytes\":[");
    assertThat(stream.events().get(1)).contains("\"logprobs\":null");
  }

  @Test
  void reasoningIsBilledAndNotShown() {
    JsonNode answer = answer("nano", "Hi", "\"seed\":1");
    int reasoning = details(answer, "reasoning_tokens");

    assertThat(reasoning).isPositive();
    assertThat(reasoning % 64).isZero();
    assertThat(answer.path("usage").path("completion_tokens").asInt())
        .isGreaterThan(reasoning + 10);
    assertThat(text(answer)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"minimal, 0, 0", "low, 64, 128", "medium, 128, 384", "high, 512, 1536"})
  void theEffortSaysHowMuch(String effort, int least, int most) {
    JsonNode answer = answer("nano", "Hi", "\"reasoning_effort\":\"" + effort + "\"");

    assertThat(details(answer, "reasoning_tokens")).isBetween(least, most);
  }

  @Test
  void newerModelsThinkOnlyWhenTheyAreTold() {
    assertThat(details(answer("deep", "Hi", "\"seed\":1"), "reasoning_tokens")).isZero();
    assertThat(details(answer("deep", "Hi", "\"reasoning_effort\":\"xhigh\""), "reasoning_tokens"))
        .isGreaterThanOrEqualTo(1_536);
  }

  @Test
  void reasoningMayTakeAllThatIsAllowedAndLeaveNoAnswer() {
    JsonNode answer =
        answer("nano", "Hi", "\"reasoning_effort\":\"high\",\"max_completion_tokens\":100");

    assertThat(text(answer)).isEmpty();
    assertThat(finishReason(answer)).isEqualTo("length");
    assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(100);
    assertThat(details(answer, "reasoning_tokens")).isEqualTo(100);
  }

  @Test
  void muchOfAPredictionIsInTheAnswerAndTheRestIsBilledToo() {
    String prediction = "one two three four five six seven eight nine ten eleven twelve";
    JsonNode answer =
        answer(
            "omni",
            "Hi",
            "\"prediction\":{\"type\":\"content\",\"content\":\"" + prediction + "\"}");
    int accepted = details(answer, "accepted_prediction_tokens");
    int rejected = details(answer, "rejected_prediction_tokens");

    assertThat(accepted + rejected).isEqualTo(12);
    assertThat(accepted).isBetween(9, 12);
    assertThat(text(answer)).startsWith("one two three four five six seven eight nine");
  }
}
