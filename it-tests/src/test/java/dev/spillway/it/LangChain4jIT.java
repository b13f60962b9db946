package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** langchain4j as it is, by both of its modules, against the emulator. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("modulesAndYears")
final class LangChain4jIT {

  enum Module {
    /** {@code langchain4j-azure-open-ai}, dated, over TLS. */
    AZURE,
    /** {@code langchain4j-open-ai}, at {@code /openai/v1}. */
    V1
  }

  /** What a user of this library writes first. */
  interface Assistant {
    String answer(String question);
  }

  interface StreamingAssistant {
    TokenStream answer(String question);
  }

  interface Planner {
    Result<Meeting> plan(String wish);
  }

  enum Priority {
    LOW,
    HIGH
  }

  record Guest(String name, boolean confirmed) {}

  record Meeting(String title, int minutes, Priority priority, List<Guest> guests) {}

  /** Notes where it was asked about. */
  static final class Weather {
    final List<String> cities = new ArrayList<>();

    @Tool("How the weather is in a city")
    public String getWeather(@P("the city") String city) {
      cities.add(city);
      return "sunny in " + city;
    }
  }

  private final OneEmulator emulator;
  private final Module module;
  private final LangChain4jModels models;

  LangChain4jIT(Module module, OneEmulator emulator) {
    this.module = module;
    this.emulator = emulator;
    this.models = models(module, OneEmulator.KEY);
  }

  /** Each emulator starts when its turn comes, and is closed after the last test that has it. */
  static Stream<Arguments> modulesAndYears() {
    return Stream.of(Module.values())
        .flatMap(module ->
            Stream.of("2024", "2026").map(wire -> arguments(module, OneEmulator.of(wire))));
  }

  private LangChain4jModels models(Module module, String key) {
    return switch (module) {
      case AZURE -> new LangChain4jModels.Azure(emulator.secureUri(), key, emulator.trust());
      case V1 -> new LangChain4jModels.V1(emulator.uri().resolve("/openai/v1"), key);
    };
  }

  @Test
  void aChatIsAnsweredAndCounted() {
    ChatResponse answer = models.chat("omni").chat(ChatRequest.builder().messages(hello()).build());

    assertThat(answer.aiMessage().text()).isNotBlank();
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.metadata().id()).startsWith("chatcmpl-");
    assertThat(answer.metadata().modelName()).startsWith("gpt-4o");
    assertThat(answer.tokenUsage().totalTokenCount())
        .isEqualTo(answer.tokenUsage().inputTokenCount() + answer.tokenUsage().outputTokenCount());
  }

  private static UserMessage hello() {
    return UserMessage.from("Say hello");
  }

  @Test
  void aStreamArrivesInPartsThatMakeTheAnswer() throws Exception {
    Heard heard = new Heard();
    models.streaming("omni").chat("Say hello", heard);

    ChatResponse answer = heard.whole();
    assertThat(heard.parts()).hasSizeGreaterThan(2);
    assertThat(answer.aiMessage().text()).isEqualTo(String.join("", heard.parts())).isNotBlank();
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void aToolIsCalledAndItsResultAnswered() {
    Weather weather = new Weather();
    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(models.chat("mini")).tools(weather).build();

    String answer = assistant.answer("How is the weather in Lisbon?");

    assertThat(weather.cities).containsExactly("Lisbon");
    assertThat(answer).isNotBlank();
    assertThat(emulator.calls("mini")).endsWith(chatCall("mini"), chatCall("mini"));
  }

  private String chatCall(String deployment) {
    return "POST " + models.path(deployment, "chat/completions") + " 200";
  }

  @Test
  void aToolIsCalledInAStreamAndItsResultAnswered() throws Exception {
    Weather weather = new Weather();
    StreamingAssistant assistant =
        AiServices.builder(StreamingAssistant.class)
            .streamingChatModel(models.streaming("omni"))
            .tools(weather)
            .build();
    CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

    assistant
        .answer("How is the weather in Lisbon?")
        .onPartialResponse(part -> {})
        .onCompleteResponse(whole::complete)
        .onError(whole::completeExceptionally)
        .start();

    assertThat(whole.get(10, TimeUnit.SECONDS).aiMessage().text()).isNotBlank();
    assertThat(weather.cities).containsExactly("Lisbon");
  }

  @Test
  void aRecordIsFilled() {
    Planner planner =
        AiServices.builder(Planner.class).chatModel(models.structured("omni")).build();

    Result<Meeting> meeting = planner.plan("Plan something");

    assertThat(meeting.content().title()).isNotBlank();
    assertThat(meeting.content().priority()).isNotNull();
    assertThat(meeting.content().guests())
        .allSatisfy(guest -> assertThat(guest.name()).isNotBlank());
    assertThat(meeting.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void textsHaveVectors() {
    Response<List<Embedding>> answer =
        models
            .vectors("vectors")
            .embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));

    assertThat(answer.content())
        .hasSize(2)
        .allSatisfy(vector -> {
          assertThat(vector.dimension()).isEqualTo(1_536);
          assertThat(lengthOf(vector)).isCloseTo(1, within(1e-3));
        });
    assertThat(answer.tokenUsage())
        .isNotNull()
        .extracting(TokenUsage::inputTokenCount)
        .isEqualTo(2);
  }

  private static double lengthOf(Embedding vector) {
    double squares = 0;
    for (float number : vector.vector()) {
      squares += number * number;
    }
    return Math.sqrt(squares);
  }

  @Test
  void aPictureIsWhereItsUrlSays() throws Exception {
    Image image = models.pictures("dall-e").generate("A boat").content();

    assertThat(image.revisedPrompt()).isNotBlank();
    try (HttpClient http = emulator.trust().http()) {
      HttpRequest request = HttpRequest.newBuilder(image.url()).build();
      assertThat(widthOf(http.send(request, BodyHandlers.ofByteArray()).body())).isEqualTo(1024);
    }
  }

  private static int widthOf(byte[] picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture)).getWidth();
  }

  @Test
  void whatIsSaidIsHeard() {
    Audio speech =
        Audio.builder()
            .binaryData(emulator.speech("The gate opens at dawn."))
            .mimeType("audio/mpeg")
            .build();

    assertThat(models.transcripts("ears").transcribeToText(speech))
        .isEqualTo("The gate opens at dawn.");
  }

  @Test
  void aLegacyCompletionIsWritten() {
    assertThat(models.completions("instruct").generate("Once upon a time").content()).isNotBlank();
  }

  @Test
  void aBlockedPromptIsTheFiltersException() {
    assertThatThrownBy(() -> models.chat("omni").chat("[[filter:sexual:high]]"))
        .isInstanceOf(filtered())
        .hasMessageContaining("content management policy");
  }

  /** Only the module for Azure looks at the error's code. */
  private Class<? extends Exception> filtered() {
    return switch (module) {
      case AZURE -> ContentFilteredException.class;
      case V1 -> InvalidRequestException.class;
    };
  }

  @Test
  void aBlockedPromptOfAStreamIsTheFiltersException() throws Exception {
    Heard heard = new Heard();
    models.streaming("omni").chat("[[filter:sexual:high]]", heard);

    assertThat(heard.failure()).isInstanceOf(filtered());
  }

  /** As captured it has no message, which the module for v1 does not expect. */
  @Test
  void aBlockedAnswerIsToldFromAWholeOne() {
    assertThatThrownBy(() -> models.chat("omni").chat("[[filter:completion:violence:medium]]"))
        .isInstanceOf(
            switch (module) {
              case AZURE -> ContentFilteredException.class;
              case V1 -> NullPointerException.class;
            });
  }

  @Test
  void aThrottledCallIsARateLimitException() {
    assertThatThrownBy(() -> models.chat(OneEmulator.BUSY).chat("Hello"))
        .isInstanceOf(RateLimitException.class)
        .hasMessageContaining("Please retry after ");
    assertThatThrownBy(() -> models.vectors(OneEmulator.BUSY_VECTORS).embed("Hello"))
        .isInstanceOf(RateLimitException.class);
  }

  @Test
  void aThrottledStreamIsARateLimitException() throws Exception {
    Heard heard = new Heard();
    models.streaming(OneEmulator.BUSY).chat("Hello", heard);

    assertThat(heard.failure()).isInstanceOf(RateLimitException.class);
  }

  @Test
  void aWrongKeyAndAWrongDeploymentAreToldApart() {
    assertThatThrownBy(() -> models(module, "nobodys-key").chat("omni").chat("Hello"))
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> models.chat("nobody").chat("Hello"))
        .isInstanceOf(ModelNotFoundException.class);
  }
}
