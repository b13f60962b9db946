package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What does not fit into the model's context is refused by the engine, and has been charged. */
class ContextLengthTest {

  private static final String VERSION = "2024-10-21";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start("2024", unlimited("old", "gpt-4"), unlimited("thinking", "gpt-5-nano"));

  @Test
  void aPromptAboveTheContextIsRefused() {
    RawHttp.Answer answer = emulator.chat("old", VERSION, words(9_000, ""));

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .isEqualTo(
            """
            {
              "error": {
                "message": "This model's maximum context length is 8192 tokens. However, your messages resulted in 9007 tokens. Please reduce the length of the messages.",
                "type": "invalid_request_error",
                "param": "messages",
                "code": "context_length_exceeded"
              }
            }
            """);
    assertThat(answer.header("ms-azureml-model-error-statuscode")).isEqualTo("400");
  }

  @Test
  void aPromptAndItsAnswerTogetherAboveTheContextAreRefused() {
    assertThat(emulator.chat("old", VERSION, words(8_000, ",\"max_tokens\":500")).body())
        .contains(
            "This model's maximum context length is 8192 tokens. However, you requested 8507 tokens"
                + " (8007 in the messages, 500 in the completion). Please reduce the length of the"
                + " messages or completion.");
    assertThat(emulator.chat("old", VERSION, words(8_000, ",\"max_tokens\":185")).statusLine())
        .contains("200");
  }

  @Test
  void aReasoningModelLimitsThePromptAlone() {
    assertThat(emulator.chat("thinking", VERSION, words(273_000, "")).body())
        .contains(
            "Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in"
                + " 273006 tokens. Please reduce the length of the messages.");
    assertThat(
            emulator
                .chat("thinking", VERSION, words(271_000, ",\"max_completion_tokens\":20000"))
                .statusLine())
        .contains("200");
  }

  /** One word a token. */
  private static String words(int count, String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"a"
        + " a".repeat(count - 1)
        + "\"}]"
        + more
        + "}";
  }

  private static DeploymentSpec unlimited(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.UNLIMITED);
  }
}
