package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.AudioTranscription;
import com.azure.ai.openai.models.AudioTranscriptionFormat;
import com.azure.ai.openai.models.AudioTranscriptionOptions;
import com.azure.ai.openai.models.AudioTranslationFormat;
import com.azure.ai.openai.models.AudioTranslationOptions;
import com.azure.ai.openai.models.ChatChoice;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolCall;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinitionFunction;
import com.azure.ai.openai.models.ChatCompletionsJsonSchemaResponseFormat;
import com.azure.ai.openai.models.ChatCompletionsJsonSchemaResponseFormatJsonSchema;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestAssistantMessage;
import com.azure.ai.openai.models.ChatRequestMessage;
import com.azure.ai.openai.models.ChatRequestToolMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.ChatResponseMessage;
import com.azure.ai.openai.models.Completions;
import com.azure.ai.openai.models.CompletionsFinishReason;
import com.azure.ai.openai.models.CompletionsOptions;
import com.azure.ai.openai.models.ContentFilterSeverity;
import com.azure.ai.openai.models.Embeddings;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.ai.openai.models.ImageGenerationData;
import com.azure.ai.openai.models.ImageGenerationOptions;
import com.azure.ai.openai.models.SpeechGenerationOptions;
import com.azure.ai.openai.models.SpeechVoice;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.BinaryData;
import com.azure.core.util.serializer.TypeReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** azure-ai-openai as it is, with a key over TLS, by both of its clients. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("clientsAndYears")
final class AzureSdkIT {

  enum Client {
    SYNC,
    ASYNC
  }

  private static final String TEXT = "The gate opens at dawn. Nobody is there to see it!";

  private final Client kind;
  private final OneEmulator emulator;
  private final AzureSdk azure;

  AzureSdkIT(Client kind, OneEmulator emulator) {
    this.kind = kind;
    this.emulator = emulator;
    this.azure = client(OneEmulator.KEY);
  }

  static Stream<Arguments> clientsAndYears() {
    return Stream.of("2024", "2026")
        .flatMap(wire ->
            Stream.of(Client.values()).map(client -> arguments(client, OneEmulator.of(wire))));
  }

  private AzureSdk client(String key) {
    OpenAIClientBuilder builder =
        AzureSdk.secure(emulator.secureUri(), key, emulator.trust().createInstance())
            .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)));
    return switch (kind) {
      case SYNC -> new AzureSdk.Sync(builder.buildClient());
      case ASYNC -> new AzureSdk.Async(builder.buildAsyncClient());
    };
  }

  private static ChatCompletionsOptions asking(String question) {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage(question)));
  }

  @Test
  void aChatIsAnsweredAndJudged() {
    ChatCompletions answer = azure.chat("omni", asking("Say hello"));

    ChatChoice choice = answer.getChoices().getFirst();
    assertThat(choice.getMessage().getContent()).isNotBlank();
    assertThat(choice.getFinishReason()).isEqualTo(CompletionsFinishReason.STOPPED);
    assertThat(choice.getContentFilterResults().getViolence().getSeverity())
        .isEqualTo(ContentFilterSeverity.SAFE);
    assertThat(answer.getPromptFilterResults()).hasSize(1);
    assertThat(answer.getUsage().getTotalTokens())
        .isEqualTo(answer.getUsage().getPromptTokens() + answer.getUsage().getCompletionTokens());
  }

  @Test
  void aStreamAddsUpToAnAnswer() {
    List<ChatCompletions> chunks = azure.chatStream("omni", asking("Say hello"));

    List<ChatChoice> choices =
        chunks.stream().flatMap(chunk -> chunk.getChoices().stream()).toList();
    assertThat(choices.stream().map(choice -> choice.getDelta().getContent()))
        .filteredOn(text -> text != null)
        .hasSizeGreaterThan(2);
    assertThat(choices.getLast().getFinishReason()).isEqualTo(CompletionsFinishReason.STOPPED);
    assertThat(chunks.getFirst().getPromptFilterResults()).hasSize(1);
    assertThat(chunks.getLast().getUsage().getTotalTokens()).isPositive();
  }

  @Test
  void aToolIsCalledAndItsResultAnswered() {
    List<ChatRequestMessage> messages = new ArrayList<>();
    messages.add(new ChatRequestUserMessage("How is the weather in Lisbon?"));
    ChatResponseMessage first = withWeather(messages);
    ChatCompletionsFunctionToolCall call =
        (ChatCompletionsFunctionToolCall) first.getToolCalls().getFirst();
    messages.add(new ChatRequestAssistantMessage("").setToolCalls(first.getToolCalls()));
    messages.add(new ChatRequestToolMessage("sunny", call.getId()));

    assertThat(call.getFunction().getName()).isEqualTo("get_weather");
    assertThat(read(call.getFunction().getArguments())).isEqualTo(Map.of("city", "Lisbon"));
    assertThat(withWeather(messages).getContent()).isNotBlank();
  }

  private ChatResponseMessage withWeather(List<ChatRequestMessage> messages) {
    ChatCompletionsFunctionToolDefinitionFunction weather =
        new ChatCompletionsFunctionToolDefinitionFunction("get_weather")
            .setParameters(
                BinaryData.fromString(
                    """
                    {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}
                    """));
    return azure
        .chat(
            "omni",
            new ChatCompletionsOptions(messages)
                .setTools(List.of(new ChatCompletionsFunctionToolDefinition(weather))))
        .getChoices()
        .getFirst()
        .getMessage();
  }

  @Test
  void aSchemaIsFilled() {
    ChatCompletionsJsonSchemaResponseFormatJsonSchema schema =
        new ChatCompletionsJsonSchemaResponseFormatJsonSchema("meeting")
            .setStrict(true)
            .setSchema(
                BinaryData.fromString(
                    """
                    {"type":"object","additionalProperties":false,"required":["title","minutes"],
                     "properties":{"title":{"type":"string"},"minutes":{"type":"integer"}}}
                    """));
    ChatCompletions answer =
        azure.chat(
            "omni",
            asking("Plan something")
                .setResponseFormat(new ChatCompletionsJsonSchemaResponseFormat(schema)));

    String meeting = answer.getChoices().getFirst().getMessage().getContent();
    assertThat(read(meeting)).containsOnlyKeys("title", "minutes");
  }

  private static Map<String, Object> read(String json) {
    return BinaryData.fromString(json).toObject(new TypeReference<>() {});
  }

  /** It asks for base64 and reads it. */
  @Test
  void textsHaveVectors() {
    Embeddings answer = azure.embeddings("vectors", new EmbeddingsOptions(List.of("one", "two")));

    assertThat(answer.getData()).hasSize(2);
    List<Float> vector = answer.getData().getLast().getEmbedding();
    assertThat(vector).hasSize(1_536);
    assertThat(vector.stream().mapToDouble(number -> number * number).sum())
        .isCloseTo(1, within(1e-5));
    assertThat(answer.getUsage().getPromptTokens()).isEqualTo(2);
  }

  @Test
  void aLegacyCompletionIsWrittenWholeAndInParts() {
    CompletionsOptions options =
        new CompletionsOptions(List.of("Once upon a time")).setMaxTokens(20);

    String whole = textOf(List.of(azure.completions("instruct", options)));
    String parts = textOf(azure.completionsStream("instruct", options));

    assertThat(whole).isNotBlank();
    assertThat(parts).isNotBlank();
  }

  private static String textOf(List<Completions> answers) {
    return answers.stream()
        .flatMap(answer -> answer.getChoices().stream())
        .map(choice -> choice.getText())
        .collect(Collectors.joining());
  }

  @Test
  void aPictureIsDescribedAnew() {
    ImageGenerationData picture =
        azure.pictures("dall-e", new ImageGenerationOptions("A boat")).getData().getFirst();

    assertThat(picture.getUrl()).startsWith("https://");
    assertThat(picture.getRevisedPrompt()).isNotBlank();
    assertThat(picture.getPromptFilterResults().getViolence().isFiltered()).isFalse();
  }

  @Test
  void whatIsSaidIsHeardAndTranslated() {
    byte[] speech =
        azure.speech("voice", new SpeechGenerationOptions(TEXT, SpeechVoice.ALLOY)).toBytes();
    AudioTranscription heard =
        azure.transcript(
            "ears",
            "speech.mp3",
            new AudioTranscriptionOptions(speech)
                .setResponseFormat(AudioTranscriptionFormat.VERBOSE_JSON));

    assertThat(heard.getText()).isEqualTo(TEXT);
    assertThat(heard.getSegments()).hasSize(2);
    assertThat(heard.getDuration()).isPositive();
    assertThat(
            azure
                .translation(
                    "ears",
                    "speech.mp3",
                    new AudioTranslationOptions(speech)
                        .setResponseFormat(AudioTranslationFormat.JSON))
                .getText())
        .isEqualTo(TEXT);
  }

  @Test
  void aBlockedPromptIsABadRequestWithTheFiltersCode() {
    ChatCompletionsOptions blocked = asking("[[filter:sexual:high]]");
    assertThatThrownBy(() -> azure.chat("omni", blocked))
        .asInstanceOf(type(HttpResponseException.class))
        .satisfies(
            refusal -> assertThat(refusal.getResponse().getStatusCode()).isEqualTo(400),
            refusal -> assertThat(refusal.getValue()).asString().contains("content_filter"),
            refusal -> assertThat(refusal).hasMessageContaining("content management policy"));
    assertThatThrownBy(() -> azure.chatStream("omni", blocked))
        .isInstanceOf(HttpResponseException.class)
        .hasMessageContaining("content_filter");
  }

  /** As captured it has no message. */
  @Test
  void aBlockedAnswerArrivesWithTheFiltersFinishReason() {
    ChatChoice choice =
        azure.chat("omni", asking("[[filter:completion:violence:medium]]")).getChoices().getFirst();

    assertThat(choice.getFinishReason()).isEqualTo(CompletionsFinishReason.CONTENT_FILTERED);
    assertThat(choice.getContentFilterResults().getViolence().isFiltered()).isTrue();
  }

  @Test
  void aThrottledCallSaysHowLongToWait() {
    assertThatThrownBy(() -> azure.chat(OneEmulator.BUSY, asking("Hello")))
        .asInstanceOf(type(HttpResponseException.class))
        .satisfies(
            refusal -> assertThat(refusal.getResponse().getStatusCode()).isEqualTo(429),
            refusal ->
                assertThat(refusal.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER))
                    .matches("\\d+"),
            refusal -> assertThat(refusal).hasMessageContaining("Please retry after "));
    assertThatThrownBy(() -> azure.chatStream(OneEmulator.BUSY, asking("Hello")))
        .isInstanceOf(HttpResponseException.class)
        .hasMessageContaining("429");
  }

  @Test
  void aWrongKeyAndAWrongDeploymentAreToldApart() {
    assertThatThrownBy(() -> client("nobodys-key").chat("omni", asking("Hello")))
        .isInstanceOf(ClientAuthenticationException.class);
    assertThatThrownBy(() -> azure.chat("nobody", asking("Hello")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
