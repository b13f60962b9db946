package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What openai-java can ask beside chat completions, straight at the emulator. */
@ParameterizedClass(name = "wire {0}, v1 {1}")
@CsvSource({"2024, false", "2026, false", "2026, true"})
final class OperationsIT {

  private final boolean v1;

  @RegisterExtension private final BothPrograms programs;

  private final OpenAIClient client;

  OperationsIT(String wire, boolean v1) {
    this.v1 = v1;
    this.programs = BothPrograms.of(wire);
    this.client = client(true);
  }

  private OpenAIClient client(boolean strict) {
    OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder().responseValidation(strict);
    return v1
        ? builder
            .baseUrl(programs.emulator().resolve("/openai/v1").toString())
            .apiKey(BothPrograms.AZURE_KEY)
            .build()
        : builder
            .baseUrl(programs.emulator().toString())
            .credential(AzureApiKeyCredential.create(BothPrograms.AZURE_KEY))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY)
            .build();
  }

  @BeforeEach
  void deploy() {
    programs.control().put(DeploymentSpec.standard("vectors", "text-embedding-3-small", limit()));
    programs.control().put(DeploymentSpec.standard("ada", "text-embedding-ada-002", limit()));
    programs.control().put(DeploymentSpec.standard("instruct", "gpt-35-turbo-instruct", limit()));
  }

  private static Limit limit() {
    return Limit.of(100);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static EmbeddingCreateParams.Builder vectors() {
    return EmbeddingCreateParams.builder().model("vectors");
  }

  private CreateEmbeddingResponse embed(EmbeddingCreateParams.Builder params) {
    return client.embeddings().create(params.build());
  }

  private static CompletionCreateParams.Builder completion() {
    return CompletionCreateParams.builder().model("instruct").prompt("Once upon a time");
  }

  @Test
  void aVectorPassesStrictValidation() {
    CreateEmbeddingResponse answer = embed(vectors().input("Hello there"));

    assertThat(answer.validate().isValid()).isTrue();
    assertThat(answer.model()).isEqualTo("text-embedding-3-small");
    assertThat(answer.usage().promptTokens()).isEqualTo(2);
    List<Float> vector = answer.data().getFirst().embedding();
    assertThat(vector).hasSize(1_536);
    assertThat(vector.stream().mapToDouble(number -> number * number).sum())
        .isCloseTo(1, within(1e-5));
  }

  @Test
  void vectorsAreTheSameInBothEncodings() {
    CreateEmbeddingResponse numbers =
        embed(vectors().input("Hello").encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT));
    CreateEmbeddingResponse bytes =
        embed(vectors().input("Hello").encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64));

    assertThat(bytes.data().getFirst().embedding())
        .isEqualTo(numbers.data().getFirst().embedding());
  }

  @Test
  void severalInputsHaveVectorsAsShortAsAsked() {
    CreateEmbeddingResponse answer =
        embed(vectors().inputOfArrayOfStrings(List.of("one", "two", "three")).dimensions(256L));

    assertThat(answer.data()).hasSize(3).allMatch(one -> one.embedding().size() == 256);
    assertThat(answer.data().get(2).index()).isEqualTo(2);
  }

  @Test
  void tokensHaveTheVectorsOfTheirText() {
    CreateEmbeddingResponse text = embed(vectors().input("Once upon a time"));
    CreateEmbeddingResponse tokens =
        embed(vectors().inputOfArrayOfTokens(List.of(12_805L, 5_304L, 264L, 892L)));
    CreateEmbeddingResponse arrays =
        embed(vectors().inputOfArrayOfTokenArrays(List.of(List.of(12_805L, 5_304L, 264L, 892L))));

    assertThat(tokens.data().getFirst().embedding()).isEqualTo(text.data().getFirst().embedding());
    assertThat(arrays.data()).hasSize(1);
    assertThat(arrays.usage().promptTokens()).isEqualTo(4);
  }

  @Test
  void aModelWithoutShorterVectorsSaysSo() {
    assertThatThrownBy(() -> embed(vectors().model("ada").input("Hello").dimensions(256L)))
        .asInstanceOf(type(BadRequestException.class))
        .extracting(BadRequestException::getMessage)
        .asString()
        .contains("This model does not support specifying dimensions.");
  }

  @Test
  void aLegacyCompletionPassesStrictValidation() {
    Completion answer = client.completions().create(completion().maxTokens(5L).n(2L).build());

    assertThat(answer.validate().isValid()).isTrue();
    assertThat(answer.choices()).hasSize(2).allMatch(choice -> !choice.text().isBlank());
    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(10);
  }

  /** Its first chunk is the filter's, which has an empty {@code object} as that of a chat. */
  @Test
  void aLegacyCompletionIsStreamed() {
    OpenAIClient lax = client(false);
    try (StreamResponse<Completion> chunks =
        lax.completions().createStreaming(completion().build())) {
      assertThat(
              chunks.stream()
                  .flatMap(chunk -> chunk.choices().stream())
                  .map(CompletionChoice::text)
                  .collect(Collectors.joining()))
          .isNotBlank();
    } finally {
      lax.close();
    }
  }

  /** The members that OpenAI's clients need are only there on v1. */
  @Test
  void theRegionsModelsAreListed() {
    OpenAIClient lax = client(false);
    try {
      assertThat(lax.models().list().data())
          .extracting(Model::id)
          .contains("gpt-4o-2024-11-20", "text-embedding-3-small-1")
          .doesNotContain("vectors");
    } finally {
      lax.close();
    }
    if (v1) {
      assertThat(client.models().list().data()).allMatch(Model::isValid);
    } else {
      assertThatThrownBy(() -> client.models().list())
          .isInstanceOf(OpenAIInvalidDataException.class);
    }
  }

  /** On dated routes this client asks for a model below a deployment, where there is none. */
  @Test
  void aModelIsRetrievedOnV1() {
    if (v1) {
      assertThat(client.models().retrieve("gpt-4o-2024-11-20").validate().isValid()).isTrue();
    }
    assertThatThrownBy(() -> client.models().retrieve(v1 ? "vectors" : "gpt-4o-2024-11-20"))
        .isInstanceOf(NotFoundException.class);
  }
}
