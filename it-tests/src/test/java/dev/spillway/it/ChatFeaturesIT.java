package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** openai-java as it is, validating every answer: tools, structured outputs, reasoning. */
@ParameterizedClass(name = "wire {0}")
@ValueSource(strings = {"2024", "2026"})
final class ChatFeaturesIT {

  /** No year's annotations, whose first chunk the client's validation refuses. */
  private static final String VERSION = "2023-05-15";

  @JsonClassDescription("The weather of a city")
  static final class GetWeather {
    @JsonPropertyDescription("Where")
    public String city = "";

    public int days;
  }

  static final class Meeting {
    public String title = "";
    public String date = "";
    public List<Guest> guests = List.of();
    public Priority priority = Priority.LOW;
  }

  static final class Guest {
    public String name = "";
    public boolean confirmed;
  }

  enum Priority {
    LOW,
    HIGH
  }

  @AutoClose("close")
  private final Emulator emulator;

  @AutoClose("close")
  private final OpenAIClient client;

  ChatFeaturesIT(String wire) {
    emulator =
        Emulator.start(
            EmulatorConfig.parse(
                "emulator.yaml",
                """
                listen: 127.0.0.1:0
                wire: "${WIRE}"
                resources:
                  contoso:
                    keys: [the-key]
                    deployments:
                      omni: {model: gpt-4o, capacity: 1000}
                      nano: {model: gpt-5-nano, capacity: 1000}
                """,
                Map.of("WIRE", wire)::get));
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(emulator.uri().toString())
            .credential(AzureApiKeyCredential.create("the-key"))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString(VERSION))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY)
            .responseValidation(true)
            .maxRetries(0)
            .build();
  }

  private static ChatCompletionCreateParams.Builder asking(String question) {
    return ChatCompletionCreateParams.builder().model("omni").addUserMessage(question);
  }

  @Test
  void aToolIsCalledAndItsResultAnswered() {
    ChatCompletionCreateParams.Builder call =
        asking("How is the weather in Lisbon?").addTool(GetWeather.class);
    ChatCompletion first = client.chat().completions().create(call.build());
    ChatCompletionMessageFunctionToolCall toolCall = onlyCall(first);
    GetWeather arguments = toolCall.function().arguments(GetWeather.class);
    ChatCompletion second =
        client
            .chat()
            .completions()
            .create(
                call.addMessage(first.choices().getFirst().message())
                    .addMessage(
                        ChatCompletionToolMessageParam.builder()
                            .toolCallId(toolCall.id())
                            .content("sunny")
                            .build())
                    .build());

    assertThat(toolCall.function().name()).isEqualTo("GetWeather");
    assertThat(arguments.city).isEqualTo("Lisbon");
    assertThat(first.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(second.choices().getFirst().message().content().orElseThrow()).isNotBlank();
  }

  @Test
  void aStreamOfCallsIsPutTogether() {
    ChatCompletionCreateParams call =
        asking("How is the weather in Lisbon?")
            .addTool(GetWeather.class)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletion whole = client.chat().completions().create(call);
    ChatCompletion streamed = accumulated(call);

    assertThat(onlyCall(streamed).function().arguments(GetWeather.class).city).isEqualTo("Lisbon");
    assertThat(onlyCall(streamed).function().name()).isEqualTo(onlyCall(whole).function().name());
    assertThat(onlyCall(streamed).id()).startsWith("call_").hasSize(29);
    assertThat(streamed.usage().orElseThrow().promptTokens())
        .isEqualTo(whole.usage().orElseThrow().promptTokens());
  }

  private ChatCompletion accumulated(ChatCompletionCreateParams call) {
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(call)) {
      chunks.stream().forEach(all::accumulate);
    }
    return all.chatCompletion();
  }

  private static ChatCompletionMessageFunctionToolCall onlyCall(ChatCompletion completion) {
    ChatCompletionMessage message = completion.choices().getFirst().message();
    assertThat(message.content()).isEmpty();
    assertThat(message.toolCalls().orElseThrow()).hasSize(1);
    return message.toolCalls().orElseThrow().getFirst().asFunction();
  }

  @Test
  void aClassIsFilled() {
    Meeting meeting =
        client
            .chat()
            .completions()
            .create(asking("Plan something").responseFormat(Meeting.class).build())
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();

    assertThat(meeting.title).isNotBlank();
    assertThat(meeting.date).matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(meeting.guests).allSatisfy(guest -> assertThat(guest.name).isNotBlank());
    assertThat(meeting.priority).isNotNull();
  }

  @Test
  void aSchemaThatTheServiceDoesNotTakeIsABadRequest() {
    ChatCompletionCreateParams call =
        asking("Hi")
            .jsonSchemaResponseFormat(
                ResponseFormatJsonSchema.JsonSchema.builder()
                    .name("open")
                    .strict(true)
                    .schema(
                        ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .putAdditionalProperty("properties", JsonValue.from(Map.of()))
                            .build())
                    .build())
            .build();

    assertThatThrownBy(() -> client.chat().completions().create(call))
        .isInstanceOf(BadRequestException.class)
        .hasMessage(
            "400: Invalid schema for response_format 'open': In context=(), 'additionalProperties'"
                + " is required to be supplied and to be false.");
  }

  @Test
  void probabilitiesAreRead() {
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(asking("Hi").maxCompletionTokens(20).logprobs(true).topLogprobs(2).build());

    assertThat(completion.choices().getFirst().logprobs().orElseThrow().content().orElseThrow())
        .isNotEmpty()
        .allSatisfy(token -> assertThat(token.topLogprobs()).hasSize(2));
  }

  @Test
  void reasoningIsBilled() {
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(asking("Hi").model("nano").reasoningEffort(ReasoningEffort.HIGH).build());

    assertThat(completion.usage().orElseThrow().completionTokens()).isGreaterThan(512);
    assertThat(completion.choices().getFirst().message().content().orElseThrow()).isNotBlank();
  }
}
