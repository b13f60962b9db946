package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputitems.InputItemListPage;
import com.openai.models.responses.inputitems.InputItemListParams;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.time.VirtualClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** openai-java as it is, in strict validation, asks the emulator for responses. */
final class ResponsesIT {

  private static final String KEY = "emulator-key";

  @AutoClose
  private final Emulator emulator =
      Emulator.start(
          EmulatorConfig.defaults().toBuilder()
              .listen("127.0.0.1:0")
              .keys(List.of(KEY))
              .noDeployments()
              .deployment(DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(200)))
              .deployment(DeploymentSpec.standard("five4", "gpt-5.4", Limit.of(700)))
              .deployment(DeploymentSpec.standard("small", "gpt-5.4", Limit.of(1)))
              .build(),
          VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z")));

  @AutoClose
  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(emulator.uri().resolve("/openai/v1").toString())
          .apiKey(KEY)
          .maxRetries(0)
          .responseValidation(true)
          .build();

  private static ResponseCreateParams.Builder ask(String deployment) {
    return ResponseCreateParams.builder().model(deployment).input("Say this is a test.");
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  private List<ResponseStreamEvent> stream(ResponseCreateParams call) {
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(call)) {
      return events.stream().toList();
    }
  }

  @Test
  void aResponsePassesStrictValidation() {
    Response response = client.responses().create(ask("mini").build());

    assertThat(response.validate().isValid()).isTrue();
    assertThat(response.status()).contains(ResponseStatus.COMPLETED);
    assertThat(text(response)).isNotBlank();
    assertThat(response.usage().orElseThrow().totalTokens()).isPositive();
  }

  @Test
  void aStreamAddsUpToItsResponse() {
    ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
    List<ResponseStreamEvent> events =
        stream(
            ask("five4")
                .reasoning(
                    Reasoning.builder()
                        .effort(ReasoningEffort.LOW)
                        .summary(Reasoning.Summary.AUTO)
                        .build())
                .build());
    events.forEach(event -> {
      var unused = accumulator.accumulate(event);
    });

    assertThat(events).allMatch(ResponseStreamEvent::isValid);
    assertThat(events.getLast().isCompleted()).isTrue();
    String deltas =
        events.stream()
            .flatMap(event -> event.outputTextDelta().stream())
            .map(delta -> delta.delta())
            .collect(Collectors.joining());
    assertThat(deltas).isNotBlank().isEqualTo(text(accumulator.response()));
    assertThat(text(accumulator.reconstructedResponse())).isEqualTo(deltas);
    assertThat(accumulator.response().output().getFirst().isReasoning()).isTrue();
  }

  @Test
  void aThrottledStreamEndsInAnErrorInsideTheStream() {
    assertThat(client.responses().create(ask("small").build()).isValid()).isTrue();

    assertThatThrownBy(() -> stream(ask("small").build()))
        .isInstanceOf(SseException.class)
        .hasMessageContaining("Your requests to the deployment have exceeded rate limit.");
  }

  @Test
  void aConversationGoesOnFromThePreviousResponse() {
    Response first = client.responses().create(ask("mini").build());
    Response second = client.responses().create(ask("mini").previousResponseId(first.id()).build());

    assertThat(second.previousResponseId()).contains(first.id());
    assertThat(second.usage().orElseThrow().inputTokens())
        .isGreaterThan(first.usage().orElseThrow().inputTokens());
    assertThatThrownBy(
            () -> client.responses().create(ask("mini").previousResponseId("resp_0").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("Previous response with id 'resp_0' not found.");
  }

  @Test
  void theOutputOfAFunctionIsGivenBack() {
    ResponseCreateParams call =
        ResponseCreateParams.builder()
            .model("mini")
            .inputOfResponse(
                List.of(
                    ResponseInputItem.ofEasyInputMessage(
                        EasyInputMessage.builder()
                            .role(EasyInputMessage.Role.USER)
                            .content("What is 2 + 3?")
                            .build()),
                    ResponseInputItem.ofFunctionCall(
                        ResponseFunctionToolCall.builder()
                            .callId("call_1")
                            .name("add")
                            .arguments("{\"a\":2,\"b\":3}")
                            .build()),
                    ResponseInputItem.ofFunctionCallOutput(
                        ResponseInputItem.FunctionCallOutput.builder()
                            .callId("call_1")
                            .output("5")
                            .build())))
            .build();

    Response response = client.responses().create(call);

    assertThat(text(response)).isNotBlank();
    InputItemListPage items = client.responses().inputItems().list(response.id());
    assertThat(items.data()).hasSize(3).allMatch(item -> item.isValid());
    assertThat(items.data().getFirst().isFunctionCallOutput()).isTrue();
  }

  @Test
  void oneInTheBackgroundIsAskedForUntilItIsDone() {
    Response queued = client.responses().create(ask("mini").background(true).build());

    assertThat(queued.status()).contains(ResponseStatus.QUEUED);
    assertThat(client.responses().retrieve(queued.id()).status())
        .contains(ResponseStatus.IN_PROGRESS);
    Response done = client.responses().retrieve(queued.id());
    assertThat(done.status()).contains(ResponseStatus.COMPLETED);
    assertThat(done.validate().isValid()).isTrue();
  }

  @Test
  void oneInTheBackgroundIsCancelled() {
    Response queued = client.responses().create(ask("mini").background(true).build());

    assertThat(client.responses().cancel(queued.id()).status()).contains(ResponseStatus.CANCELLED);
  }

  @Test
  void aDeletedOneIsNotFound() {
    Response response = client.responses().create(ask("mini").build());

    client.responses().delete(response.id());

    assertThatThrownBy(() -> client.responses().retrieve(response.id()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void itemsOfAConversationComePageByPage() {
    Response first = client.responses().create(ask("mini").build());
    Response second = client.responses().create(ask("mini").previousResponseId(first.id()).build());

    InputItemListPage page =
        client
            .responses()
            .inputItems()
            .list(second.id(), InputItemListParams.builder().limit(1L).build());

    assertThat(page.autoPager().stream().toList()).hasSize(3);
  }
}
