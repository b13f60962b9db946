package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.ai.openai.responses.ResponsesClient;
import com.azure.ai.openai.responses.ResponsesClientBuilder;
import com.azure.ai.openai.responses.models.CreateResponsesRequest;
import com.azure.ai.openai.responses.models.CreateResponsesRequestModel;
import com.azure.ai.openai.responses.models.ResponsesAssistantMessage;
import com.azure.ai.openai.responses.models.ResponsesFunctionCallItem;
import com.azure.ai.openai.responses.models.ResponsesFunctionTool;
import com.azure.ai.openai.responses.models.ResponsesOutputContentText;
import com.azure.ai.openai.responses.models.ResponsesResponse;
import com.azure.ai.openai.responses.models.ResponsesResponseStatus;
import com.azure.ai.openai.responses.models.ResponsesStreamEvent;
import com.azure.ai.openai.responses.models.ResponsesStreamEventCompleted;
import com.azure.ai.openai.responses.models.ResponsesStreamEventOutputTextDelta;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.util.BinaryData;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Responses by the clients that are not OpenAI's: azure-ai-openai, dated, and langchain4j on v1.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("years")
final class OtherResponsesIT {

  private static final String QUESTION = "How is the weather in Lisbon?";

  private final OneEmulator emulator;

  OtherResponsesIT(OneEmulator emulator) {
    this.emulator = emulator;
  }

  static Stream<OneEmulator> years() {
    return Stream.of("2025", "2026").map(OneEmulator::of);
  }

  private ResponsesClient azure() {
    return new ResponsesClientBuilder()
        .endpoint(emulator.secureUri().toString())
        .credential(new AzureKeyCredential(OneEmulator.KEY))
        .httpClient(emulator.trust().createInstance())
        .buildClient();
  }

  private static CreateResponsesRequest asking(String question) {
    return new CreateResponsesRequest(CreateResponsesRequestModel.fromString("mini"), question);
  }

  private static String text(ResponsesResponse response) {
    return response.getOutput().stream()
        .filter(ResponsesAssistantMessage.class::isInstance)
        .flatMap(item -> ((ResponsesAssistantMessage) item).getContent().stream())
        .map(content -> ((ResponsesOutputContentText) content).getText())
        .collect(Collectors.joining());
  }

  @Test
  void azuresClientCreatesLooksAndForgets() {
    ResponsesClient azure = azure();
    ResponsesResponse created = azure.createResponse(asking("Say this is a test."));
    ResponsesResponse again = azure.getResponse(created.getId());
    azure.deleteResponse(created.getId());

    assertThat(created.getStatus()).isEqualTo(ResponsesResponseStatus.COMPLETED);
    assertThat(text(created)).isNotBlank().isEqualTo(text(again));
    assertThat(created.getUsage().getTotalTokens()).isPositive();
    assertThatThrownBy(() -> azure.getResponse(created.getId()))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void azuresClientReadsAStream() {
    List<ResponsesStreamEvent> events =
        azure().createResponseStreaming(asking("Say this is a test.")).stream().toList();

    String deltas =
        events.stream()
            .filter(ResponsesStreamEventOutputTextDelta.class::isInstance)
            .map(event -> ((ResponsesStreamEventOutputTextDelta) event).getDelta())
            .collect(Collectors.joining());
    assertThat(events.getLast()).isInstanceOf(ResponsesStreamEventCompleted.class);
    assertThat(text(((ResponsesStreamEventCompleted) events.getLast()).getResponse()))
        .isNotBlank()
        .isEqualTo(deltas);
  }

  @Test
  void azuresClientIsAskedToCallAFunction() {
    ResponsesFunctionTool weather =
        new ResponsesFunctionTool(
            "get_weather",
            "How the weather is",
            BinaryData.fromObject(
                Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("city", Map.of("type", "string")),
                    "required",
                    List.of("city"),
                    "additionalProperties",
                    false)),
            true);
    ResponsesResponse response =
        azure().createResponse(asking(QUESTION).setTools(List.of(weather)));

    assertThat(response.getOutput().getFirst())
        .isInstanceOfSatisfying(
            ResponsesFunctionCallItem.class,
            call -> assertThat(call.getArguments()).isEqualTo("{\"city\":\"Lisbon\"}"));
  }

  private ChatModel langchain4j() {
    return OpenAiResponsesChatModel.builder()
        .baseUrl(emulator.uri().resolve("/openai/v1").toString())
        .apiKey(OneEmulator.KEY)
        .modelName("mini")
        .build();
  }

  @Test
  void langchain4jCallsAFunctionAndAnswersItsResult() {
    UserMessage question = UserMessage.from(QUESTION);
    ToolSpecification weather =
        ToolSpecification.builder()
            .name("get_weather")
            .parameters(
                JsonObjectSchema.builder().addStringProperty("city").required("city").build())
            .build();
    ChatModel model = langchain4j();
    AiMessage call =
        model
            .chat(ChatRequest.builder().messages(question).toolSpecifications(weather).build())
            .aiMessage();
    AiMessage answer =
        model
            .chat(
                ChatRequest.builder()
                    .messages(
                        question,
                        call,
                        ToolExecutionResultMessage.from(
                            call.toolExecutionRequests().getFirst(), "sunny"))
                    .toolSpecifications(weather)
                    .build())
            .aiMessage();

    assertThat(call.toolExecutionRequests().getFirst().arguments())
        .isEqualTo("{\"city\":\"Lisbon\"}");
    assertThat(answer.text()).isNotBlank();
  }

  @Test
  void langchain4jReadsAStream() throws Exception {
    Heard heard = new Heard();
    OpenAiResponsesStreamingChatModel.builder()
        .baseUrl(emulator.uri().resolve("/openai/v1").toString())
        .apiKey(OneEmulator.KEY)
        .modelName("mini")
        .build()
        .chat("Say this is a test.", heard);

    assertThat(heard.whole().aiMessage().text())
        .isNotBlank()
        .isEqualTo(String.join("", heard.parts()));
  }
}
