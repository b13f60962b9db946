package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What some models refuse that others take. */
class ModelRulesTest {

  private static final String VERSION = "2024-12-01-preview";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2025",
          model("nano", "gpt-5-nano"),
          model("o1-preview", "o1-preview"),
          model("ada", "text-embedding-ada-002"),
          model("image", "gpt-image-1"),
          model("speech", "gpt-4o-transcribe"));

  private static DeploymentSpec model(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.of(100));
  }

  private Answer chat(String deployment, String more) {
    return emulator.chat(deployment, VERSION, EmulatorFixture.body(4, more));
  }

  @Test
  void reasoningModelsCallTheLimitOfTheAnswerByAnotherName() {
    Answer answer = chat("nano", ",\"max_tokens\":100");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .isEqualTo(
            """
            {
              "error": {
                "message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                "type": "invalid_request_error",
                "param": "max_tokens",
                "code": "unsupported_parameter"
              }
            }
            """);
    assertThat(answer.header("ms-azureml-model-error-statuscode")).isEqualTo("400");
    assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("99");
  }

  @ParameterizedTest
  @CsvSource({
    "top_p, 1",
    "logit_bias, {}",
    "logprobs, true",
    "presence_penalty, 1",
    "frequency_penalty, 1",
    "parallel_tool_calls, true",
    "stop, \"x\"",
  })
  void reasoningModelsDoNotTakeThisParameterAndOthersDo(String name, String value) {
    String more = ",\"" + name + "\":" + value;

    assertThat(chat("nano", more).body())
        .contains(
            "\"Unsupported parameter: '" + name + "' is not supported with this model.\"",
            "\"param\": \"" + name + "\"",
            "\"code\": \"unsupported_parameter\"");
    assertThat(chat("mini", more).statusLine()).endsWith("200 OK");
    assertThat(chat("nano", ",\"" + name + "\":null").statusLine()).endsWith("200 OK");
  }

  @Test
  void likelyTokensAreNothingForReasoningModelsEither() {
    assertThat(chat("nano", ",\"top_logprobs\":2").body())
        .contains("\"Unsupported parameter: 'top_logprobs' is not supported with this model.\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2", "0", "2", "\"hot\"", "-1"})
  void reasoningModelsHaveOneTemperature(String temperature) {
    assertThat(chat("nano", ",\"temperature\":" + temperature).body())
        .contains(
            "does not support "
                + temperature.replace("\"", "\\\"")
                + " with this model. Only the default (1) value is supported.\"",
            "\"param\": \"temperature\"",
            "\"code\": \"unsupported_value\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1e0", "null"})
  void theOneTemperatureMayBeSaid(String temperature) {
    assertThat(chat("nano", ",\"temperature\":" + temperature).statusLine()).endsWith("200 OK");
  }

  @Test
  void onlyO1PreviewCannotStream() {
    assertThat(chat("o1-preview", ",\"stream\":true").body())
        .contains(
            "\"Unsupported value: 'stream' does not support true with this model. Supported values"
                + " are: false.\"",
            "\"param\": \"stream\"",
            "\"code\": \"unsupported_value\"");
    assertThat(chat("o1-preview", "").statusLine()).endsWith("200 OK");
    assertThat(chat("nano", ",\"stream\":true").statusLine()).endsWith("200 OK");
  }

  @Test
  void aReasoningModelNeedsRoomToThink() {
    assertThat(chat("nano", ",\"max_completion_tokens\":15").body())
        .contains(
            "\"message\": \"Could not finish the message because max_tokens or model output limit"
                + " was reached. Please try again with higher max_tokens.\"",
            "\"type\": \"invalid_request_error\"",
            "\"param\": null",
            "\"code\": null");
    assertThat(chat("nano", ",\"max_completion_tokens\":16").statusLine()).endsWith("200 OK");
    assertThat(chat("mini", ",\"max_completion_tokens\":1").statusLine()).endsWith("200 OK");
  }

  @ParameterizedTest
  @CsvSource({
    "ada, text-embedding-ada-002",
    "image, gpt-image-1",
    "speech, gpt-4o-transcribe",
  })
  void aModelThatDoesNotChatIsNamedAndNothingIsCharged(String deployment, String model) {
    Answer answer = chat(deployment, "");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"OperationNotSupported\",\"message\":\"The chatCompletion"
                + " operation does not work with the specified model, "
                + model
                + ". Please choose different model and try again. You can learn more about which"
                + " models can be used with each operation here:"
                + " https://go.microsoft.com/fwlink/?linkid=2197993.\"}}");
    assertThat(emulator.control().deployment(deployment).requests().fullInMillis()).isZero();
    assertThat(emulator.control().journal(JournalQuery.ofDeployment(deployment)))
        .extracting(JournalEntry::reason)
        .containsExactly("OperationNotSupported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2023; 'x' is not one of ['system', 'assistant', 'user', 'function'] - 'messages.0.role'",
        "2024; 'x' is not one of ['system', 'assistant', 'user', 'function', 'tool'] -"
            + " 'messages.0.role'",
        "2025; Invalid value: 'x'. Supported values are: 'system', 'assistant', 'user',"
            + " 'function', 'tool', and 'developer'.",
        "2026; Invalid value: 'x'. Supported values are: 'system', 'assistant', 'user',"
            + " 'function', 'tool', and 'developer'.",
      },
      quoteCharacter = '`')
  void eachYearRefusesARoleInItsOwnWords(String wire, String message) {
    try (EmulatorFixture other = EmulatorFixture.start(wire)) {
      assertThat(other.chat("35turbo", VERSION, "{\"messages\":[{\"role\":\"x\"}]}").body())
          .contains("\"message\": \"" + message + "\"");
    }
  }
}
