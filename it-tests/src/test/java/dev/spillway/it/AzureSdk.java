package dev.spillway.it;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.OpenAIServiceVersion;
import com.azure.ai.openai.models.AudioTranscription;
import com.azure.ai.openai.models.AudioTranscriptionOptions;
import com.azure.ai.openai.models.AudioTranslation;
import com.azure.ai.openai.models.AudioTranslationOptions;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.Completions;
import com.azure.ai.openai.models.CompletionsOptions;
import com.azure.ai.openai.models.Embeddings;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.ai.openai.models.ImageGenerationOptions;
import com.azure.ai.openai.models.ImageGenerations;
import com.azure.ai.openai.models.SpeechGenerationOptions;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.util.BinaryData;
import java.net.URI;
import java.util.List;
import reactor.core.publisher.Mono;

/** What {@code azure-ai-openai} can ask, by either of its two clients. */
sealed interface AzureSdk {

  OpenAIServiceVersion VERSION = OpenAIServiceVersion.V2024_10_01_PREVIEW;

  ChatCompletions chat(String deployment, ChatCompletionsOptions options);

  List<ChatCompletions> chatStream(String deployment, ChatCompletionsOptions options);

  Completions completions(String deployment, CompletionsOptions options);

  List<Completions> completionsStream(String deployment, CompletionsOptions options);

  Embeddings embeddings(String deployment, EmbeddingsOptions options);

  ImageGenerations pictures(String deployment, ImageGenerationOptions options);

  BinaryData speech(String deployment, SpeechGenerationOptions options);

  AudioTranscription transcript(String deployment, String file, AudioTranscriptionOptions options);

  AudioTranslation translation(String deployment, String file, AudioTranslationOptions options);

  /** With a key, which it gives away over TLS only. */
  static OpenAIClientBuilder secure(URI endpoint, String key, HttpClient http) {
    return new OpenAIClientBuilder()
        .endpoint(endpoint.toString())
        .credential(new AzureKeyCredential(key))
        .serviceVersion(VERSION)
        .httpClient(http);
  }

  /** Without TLS, the key as a header like any other. */
  static OpenAIClientBuilder plain(URI endpoint, String key) {
    HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.fromString("api-key"), key);
    return new OpenAIClientBuilder()
        .endpoint(endpoint.toString())
        .addPolicy(new AddHeadersPolicy(headers))
        .httpClient(new NettyAsyncHttpClientBuilder().build())
        .serviceVersion(VERSION);
  }

  private static ChatCompletionStreamOptions usage() {
    return new ChatCompletionStreamOptions().setIncludeUsage(true);
  }

  /** The client that waits. */
  record Sync(OpenAIClient client) implements AzureSdk {

    @Override
    public ChatCompletions chat(String deployment, ChatCompletionsOptions options) {
      return client.getChatCompletions(deployment, options);
    }

    @Override
    public List<ChatCompletions> chatStream(String deployment, ChatCompletionsOptions options) {
      return client.getChatCompletionsStream(deployment, options, usage()).stream().toList();
    }

    @Override
    public Completions completions(String deployment, CompletionsOptions options) {
      return client.getCompletions(deployment, options);
    }

    @Override
    public List<Completions> completionsStream(String deployment, CompletionsOptions options) {
      return client.getCompletionsStream(deployment, options).stream().toList();
    }

    @Override
    public Embeddings embeddings(String deployment, EmbeddingsOptions options) {
      return client.getEmbeddings(deployment, options);
    }

    @Override
    public ImageGenerations pictures(String deployment, ImageGenerationOptions options) {
      return client.getImageGenerations(deployment, options);
    }

    @Override
    public BinaryData speech(String deployment, SpeechGenerationOptions options) {
      return client.generateSpeechFromText(deployment, options);
    }

    @Override
    public AudioTranscription transcript(
        String deployment, String file, AudioTranscriptionOptions options) {
      return client.getAudioTranscription(deployment, file, options);
    }

    @Override
    public AudioTranslation translation(
        String deployment, String file, AudioTranslationOptions options) {
      return client.getAudioTranslation(deployment, file, options);
    }
  }

  /** The client that calls back. */
  record Async(OpenAIAsyncClient client) implements AzureSdk {

    private static <T> T await(Mono<T> answer) {
      return answer.blockOptional().orElseThrow();
    }

    @Override
    public ChatCompletions chat(String deployment, ChatCompletionsOptions options) {
      return await(client.getChatCompletions(deployment, options));
    }

    @Override
    public List<ChatCompletions> chatStream(String deployment, ChatCompletionsOptions options) {
      return await(client.getChatCompletionsStream(deployment, options, usage()).collectList());
    }

    @Override
    public Completions completions(String deployment, CompletionsOptions options) {
      return await(client.getCompletions(deployment, options));
    }

    @Override
    public List<Completions> completionsStream(String deployment, CompletionsOptions options) {
      return await(client.getCompletionsStream(deployment, options).collectList());
    }

    @Override
    public Embeddings embeddings(String deployment, EmbeddingsOptions options) {
      return await(client.getEmbeddings(deployment, options));
    }

    @Override
    public ImageGenerations pictures(String deployment, ImageGenerationOptions options) {
      return await(client.getImageGenerations(deployment, options));
    }

    @Override
    public BinaryData speech(String deployment, SpeechGenerationOptions options) {
      return await(client.generateSpeechFromText(deployment, options));
    }

    @Override
    public AudioTranscription transcript(
        String deployment, String file, AudioTranscriptionOptions options) {
      return await(client.getAudioTranscription(deployment, file, options));
    }

    @Override
    public AudioTranslation translation(
        String deployment, String file, AudioTranslationOptions options) {
      return await(client.getAudioTranslation(deployment, file, options));
    }
  }
}
