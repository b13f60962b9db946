package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** openai-java as it is, in strict validation, lets responses call functions and fill classes. */
@ParameterizedClass(name = "{0}")
@MethodSource("years")
final class ResponsesFeaturesIT {

  static final class GetWeather {
    public String city = "";
  }

  static final class Meeting {
    public String title = "";
    public int minutes;
    public List<String> guests = List.of();
  }

  private static final String QUESTION = "How is the weather in Lisbon?";

  @AutoClose private final OpenAIClient client;

  ResponsesFeaturesIT(OneEmulator emulator) {
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(emulator.uri().resolve("/openai/v1").toString())
            .apiKey(OneEmulator.KEY)
            .responseValidation(true)
            .maxRetries(0)
            .build();
  }

  /** On dated routes this client asks below a deployment, where the service has no responses. */
  static Stream<OneEmulator> years() {
    return Stream.of("2025", "2026").map(OneEmulator::of);
  }

  private static ResponseCreateParams.Builder withWeather() {
    return ResponseCreateParams.builder().model("mini").addTool(GetWeather.class);
  }

  @Test
  void aFunctionIsCalledAndItsResultAnswered() {
    Response first = create(withWeather().input(QUESTION));
    ResponseFunctionToolCall call = first.output().getFirst().asFunctionCall();
    Response second =
        create(
            withWeather()
                .inputOfResponse(
                    List.of(question(), ResponseInputItem.ofFunctionCall(call), result(call))));

    assertThat(call.arguments(GetWeather.class).city).isEqualTo("Lisbon");
    assertThat(call.name()).isEqualTo("GetWeather");
    assertThat(text(second)).isNotBlank();
  }

  @Test
  void itsResultIsAnsweredWhenOnlyThePreviousResponseIsNamed() {
    Response first = create(withWeather().input(QUESTION));
    ResponseFunctionToolCall call = first.output().getFirst().asFunctionCall();
    Response second =
        create(withWeather().previousResponseId(first.id()).inputOfResponse(List.of(result(call))));

    assertThat(text(second)).isNotBlank();
    assertThat(client.responses().inputItems().list(second.id()).data())
        .hasSize(3)
        .allMatch(item -> item.isValid());
  }

  @Test
  void aModelThatReasonsCallsFunctionsToo() {
    Response response = create(withWeather().model("nano").input(QUESTION));

    assertThat(response.output().getFirst().isReasoning()).isTrue();
    assertThat(response.output().getLast().asFunctionCall().arguments(GetWeather.class).city)
        .isEqualTo("Lisbon");
  }

  @Test
  void aCallIsPutTogetherFromItsEvents() {
    ResponseAccumulator all = ResponseAccumulator.createWithSnapshots();
    List<ResponseStreamEvent> events;
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(withWeather().input(QUESTION).build())) {
      events = stream.stream().toList();
    }

    events.forEach(event -> {
      var unused = all.accumulate(event);
    });
    assertThat(events).allMatch(ResponseStreamEvent::isValid);
    String deltas =
        events.stream()
            .flatMap(event -> event.functionCallArgumentsDelta().stream())
            .map(event -> event.delta())
            .collect(Collectors.joining());
    ResponseFunctionToolCall call =
        all.reconstructedResponse().output().getFirst().asFunctionCall();
    assertThat(call.arguments()).isEqualTo(deltas);
    assertThat(call.arguments(GetWeather.class).city).isEqualTo("Lisbon");
  }

  @Test
  void aClassIsFilled() {
    StructuredResponse<Meeting> response =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model("mini")
                    .input("Plan something")
                    .text(Meeting.class)
                    .build());

    Meeting meeting =
        response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .findFirst()
            .orElseThrow();
    assertThat(response.isValid()).isTrue();
    assertThat(meeting.title).isNotBlank();
    assertThat(meeting.guests).doesNotContain("");
  }

  @Test
  void oneThatIsAskedForLaterPassesStrictValidation() {
    Response queued =
        create(ResponseCreateParams.builder().model("mini").input("Hello").background(true));
    Response running = client.responses().retrieve(queued.id()).validate();
    Response done = client.responses().retrieve(queued.id()).validate();

    assertThat(List.of(queued, running, done))
        .extracting(response -> response.status().orElseThrow())
        .containsExactly(
            ResponseStatus.QUEUED, ResponseStatus.IN_PROGRESS, ResponseStatus.COMPLETED);
    assertThat(done.usage().orElseThrow().inputTokensDetails().cacheWriteTokens()).isZero();
  }

  private Response create(ResponseCreateParams.Builder call) {
    return client.responses().create(call.build()).validate();
  }

  private static ResponseInputItem question() {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(QUESTION).build());
  }

  private static ResponseInputItem result(ResponseFunctionToolCall call) {
    return ResponseInputItem.ofFunctionCallOutput(
        ResponseInputItem.FunctionCallOutput.builder()
            .callId(call.callId())
            .output("sunny")
            .build());
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }
}
