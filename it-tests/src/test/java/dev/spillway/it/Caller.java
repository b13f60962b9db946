package dev.spillway.it;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolCall;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinitionFunction;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.util.BinaryData;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiEmbeddingModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A client with all of its usual retries, that calls what {@link Throttled} has. Each method makes
 * one request.
 */
interface Caller extends AutoCloseable {

  /** The words of an answer. */
  String chat(String prompt) throws Exception;

  /** The words of an answer that comes in parts. */
  String stream(String prompt) throws Exception;

  /** The arguments with which {@code get_weather} is to be called. */
  String call(String prompt) throws Exception;

  /** How many numbers the vector of a text has. */
  int vector(String text) throws Exception;

  @Override
  default void close() {}

  /** openai-java, on the dated route or on v1. */
  record OfficialCaller(OpenAIClient client) implements Caller {

    static final class GetWeather {
      public String city = "";
    }

    static OfficialCaller dated(URI base, String key, OpenAIOkHttpClient.Builder builder) {
      return new OfficialCaller(
          builder
              .baseUrl(base.toString())
              .credential(AzureApiKeyCredential.create(key))
              .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
              .azureUrlPathMode(AzureUrlPathMode.LEGACY)
              .build());
    }

    static OfficialCaller v1(URI base, String key, OpenAIOkHttpClient.Builder builder) {
      return new OfficialCaller(
          builder.baseUrl(base.resolve("/openai/v1").toString()).apiKey(key).build());
    }

    private static ChatCompletionCreateParams.Builder asking(String prompt) {
      return ChatCompletionCreateParams.builder().model(Throttled.CHAT).addUserMessage(prompt);
    }

    @Override
    public String chat(String prompt) {
      return client
          .chat()
          .completions()
          .create(asking(prompt).build())
          .choices()
          .getFirst()
          .message()
          .content()
          .orElseThrow();
    }

    @Override
    public String stream(String prompt) {
      try (StreamResponse<ChatCompletionChunk> chunks =
          client.chat().completions().createStreaming(asking(prompt).build())) {
        return chunks.stream()
            .flatMap(chunk -> chunk.choices().stream())
            .flatMap(choice -> choice.delta().content().stream())
            .collect(Collectors.joining());
      }
    }

    @Override
    public String call(String prompt) {
      return client
          .chat()
          .completions()
          .create(asking(prompt).addTool(GetWeather.class).build())
          .choices()
          .getFirst()
          .message()
          .toolCalls()
          .orElseThrow()
          .getFirst()
          .asFunction()
          .function()
          .arguments();
    }

    @Override
    public int vector(String text) {
      return client
          .embeddings()
          .create(EmbeddingCreateParams.builder().model(Throttled.VECTORS).input(text).build())
          .data()
          .getFirst()
          .embedding()
          .size();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** azure-ai-openai, by either of its clients. */
  record AzureCaller(AzureSdk sdk) implements Caller {

    private static ChatCompletionsOptions asking(String prompt) {
      return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage(prompt)));
    }

    @Override
    public String chat(String prompt) {
      return sdk.chat(Throttled.CHAT, asking(prompt))
          .getChoices()
          .getFirst()
          .getMessage()
          .getContent();
    }

    @Override
    public String stream(String prompt) {
      return sdk.chatStream(Throttled.CHAT, asking(prompt)).stream()
          .flatMap(chunk -> chunk.getChoices().stream())
          .map(choice -> choice.getDelta().getContent())
          .filter(text -> text != null)
          .collect(Collectors.joining());
    }

    @Override
    public String call(String prompt) {
      ChatCompletionsFunctionToolDefinitionFunction weather =
          new ChatCompletionsFunctionToolDefinitionFunction("get_weather")
              .setParameters(
                  BinaryData.fromString(
                      """
                      {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}
                      """));
      ChatCompletionsFunctionToolCall call =
          (ChatCompletionsFunctionToolCall)
              sdk.chat(
                      Throttled.CHAT,
                      asking(prompt)
                          .setTools(List.of(new ChatCompletionsFunctionToolDefinition(weather))))
                  .getChoices()
                  .getFirst()
                  .getMessage()
                  .getToolCalls()
                  .getFirst();
      return call.getFunction().getArguments();
    }

    @Override
    public int vector(String text) {
      return sdk.embeddings(Throttled.VECTORS, new EmbeddingsOptions(List.of(text)))
          .getData()
          .getFirst()
          .getEmbedding()
          .size();
    }
  }

  /** langchain4j, by either of its modules. */
  record LangChain4jCaller(ChatModel chat, StreamingChatModel streaming, EmbeddingModel vectors)
      implements Caller {

    /** Without TLS it needs a client that has the key as a header. */
    static LangChain4jCaller azure(OpenAIClientBuilder builder) {
      ChatModel chat =
          AzureOpenAiChatModel.builder()
              .openAIClient(builder.buildClient())
              .deploymentName(Throttled.CHAT)
              .build();
      EmbeddingModel vectors =
          AzureOpenAiEmbeddingModel.builder()
              .openAIClient(builder.buildClient())
              .deploymentName(Throttled.VECTORS)
              .build();
      StreamingChatModel streaming =
          AzureOpenAiStreamingChatModel.builder()
              .openAIAsyncClient(builder.addPolicy(LateAnswers.policy()).buildAsyncClient())
              .deploymentName(Throttled.CHAT)
              .build();
      return new LangChain4jCaller(chat, streaming, vectors);
    }

    static LangChain4jCaller v1(URI router, String key) {
      String base = router.resolve("/openai/v1").toString();
      return new LangChain4jCaller(
          OpenAiChatModel.builder().baseUrl(base).apiKey(key).modelName(Throttled.CHAT).build(),
          OpenAiStreamingChatModel.builder()
              .baseUrl(base)
              .apiKey(key)
              .modelName(Throttled.CHAT)
              .build(),
          OpenAiEmbeddingModel.builder()
              .baseUrl(base)
              .apiKey(key)
              .modelName(Throttled.VECTORS)
              .build());
    }

    @Override
    public String chat(String prompt) {
      return chat.chat(prompt);
    }

    @Override
    public String stream(String prompt) throws Exception {
      Heard heard = new Heard();
      streaming.chat(prompt, heard);
      return heard.whole().aiMessage().text();
    }

    @Override
    public String call(String prompt) {
      ToolSpecification weather =
          ToolSpecification.builder()
              .name("get_weather")
              .parameters(
                  JsonObjectSchema.builder().addStringProperty("city").required("city").build())
              .build();
      return chat.chat(
              ChatRequest.builder()
                  .messages(UserMessage.from(prompt))
                  .toolSpecifications(weather)
                  .build())
          .aiMessage()
          .toolExecutionRequests()
          .getFirst()
          .arguments();
    }

    @Override
    public int vector(String text) {
      return vectors.embed(text).content().dimension();
    }
  }
}
