package dev.spillway.it;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import com.azure.core.http.HttpClientProvider;
import dev.langchain4j.model.audio.AudioTranscriptionModel;
import dev.langchain4j.model.azure.AzureOpenAiAudioTranscriptionModel;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiEmbeddingModel;
import dev.langchain4j.model.azure.AzureOpenAiImageModel;
import dev.langchain4j.model.azure.AzureOpenAiLanguageModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.openai.OpenAiAudioTranscriptionModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;
import java.util.Set;

/** langchain4j's models of one of its modules, none of which retries anything. */
sealed interface LangChain4jModels {

  ChatModel chat(String deployment);

  /** One that has records filled by the service's structured outputs. */
  ChatModel structured(String deployment);

  StreamingChatModel streaming(String deployment);

  EmbeddingModel vectors(String deployment);

  LanguageModel completions(String deployment);

  ImageModel pictures(String deployment);

  AudioTranscriptionModel transcripts(String deployment);

  /** Where a call for this deployment comes in. */
  String path(String deployment, String operation);

  /** {@code langchain4j-azure-open-ai} on dated routes; its key goes over TLS or not at all. */
  record Azure(URI endpoint, String key, HttpClientProvider trust) implements LangChain4jModels {

    private static final String VERSION = "2024-10-01-preview";

    @Override
    public ChatModel chat(String deployment) {
      return chatBuilder(deployment).build();
    }

    @Override
    public ChatModel structured(String deployment) {
      return chatBuilder(deployment)
          .supportedCapabilities(Set.of(RESPONSE_FORMAT_JSON_SCHEMA))
          .strictJsonSchema(true)
          .build();
    }

    private AzureOpenAiChatModel.Builder chatBuilder(String deployment) {
      return AzureOpenAiChatModel.builder()
          .endpoint(endpoint.toString())
          .apiKey(key)
          .httpClientProvider(trust)
          .serviceVersion(VERSION)
          .maxRetries(0)
          .deploymentName(deployment);
    }

    @Override
    public StreamingChatModel streaming(String deployment) {
      return AzureOpenAiStreamingChatModel.builder()
          .endpoint(endpoint.toString())
          .apiKey(key)
          .httpClientProvider(LateAnswers.of(trust))
          .serviceVersion(VERSION)
          .maxRetries(0)
          .deploymentName(deployment)
          .build();
    }

    @Override
    public EmbeddingModel vectors(String deployment) {
      return AzureOpenAiEmbeddingModel.builder()
          .endpoint(endpoint.toString())
          .apiKey(key)
          .httpClientProvider(trust)
          .serviceVersion(VERSION)
          .maxRetries(0)
          .deploymentName(deployment)
          .build();
    }

    @Override
    public LanguageModel completions(String deployment) {
      return AzureOpenAiLanguageModel.builder()
          .endpoint(endpoint.toString())
          .apiKey(key)
          .httpClientProvider(trust)
          .serviceVersion(VERSION)
          .maxRetries(0)
          .deploymentName(deployment)
          .build();
    }

    @Override
    public ImageModel pictures(String deployment) {
      return AzureOpenAiImageModel.builder()
          .endpoint(endpoint.toString())
          .apiKey(key)
          .httpClientProvider(trust)
          .serviceVersion(VERSION)
          .maxRetries(0)
          .deploymentName(deployment)
          .build();
    }

    @Override
    public AudioTranscriptionModel transcripts(String deployment) {
      return AzureOpenAiAudioTranscriptionModel.builder()
          .endpoint(endpoint.toString())
          .apiKey(key)
          .httpClientProvider(trust)
          .serviceVersion(VERSION)
          .maxRetries(0)
          .deploymentName(deployment)
          .build();
    }

    @Override
    public String path(String deployment, String operation) {
      return "/openai/deployments/" + deployment + "/" + operation;
    }
  }

  /** {@code langchain4j-open-ai} on {@code /openai/v1}. */
  record V1(URI base, String key) implements LangChain4jModels {

    @Override
    public ChatModel chat(String deployment) {
      return chatBuilder(deployment).build();
    }

    @Override
    public ChatModel structured(String deployment) {
      return chatBuilder(deployment)
          .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA)
          .strictJsonSchema(true)
          .build();
    }

    private OpenAiChatModel.OpenAiChatModelBuilder chatBuilder(String deployment) {
      return OpenAiChatModel.builder()
          .baseUrl(base.toString())
          .apiKey(key)
          .maxRetries(0)
          .modelName(deployment);
    }

    @Override
    public StreamingChatModel streaming(String deployment) {
      return OpenAiStreamingChatModel.builder()
          .baseUrl(base.toString())
          .apiKey(key)
          .modelName(deployment)
          .build();
    }

    @Override
    public EmbeddingModel vectors(String deployment) {
      return OpenAiEmbeddingModel.builder()
          .baseUrl(base.toString())
          .apiKey(key)
          .maxRetries(0)
          .modelName(deployment)
          .build();
    }

    @Override
    public LanguageModel completions(String deployment) {
      return OpenAiLanguageModel.builder()
          .baseUrl(base.toString())
          .apiKey(key)
          .maxRetries(0)
          .modelName(deployment)
          .build();
    }

    @Override
    public ImageModel pictures(String deployment) {
      return OpenAiImageModel.builder()
          .baseUrl(base.toString())
          .apiKey(key)
          .maxRetries(0)
          .modelName(deployment)
          .build();
    }

    @Override
    public AudioTranscriptionModel transcripts(String deployment) {
      return OpenAiAudioTranscriptionModel.builder()
          .baseUrl(base.toString())
          .apiKey(key)
          .maxRetries(0)
          .modelName(deployment)
          .build();
    }

    @Override
    public String path(String deployment, String operation) {
      return "/openai/v1/" + operation;
    }
  }
}
