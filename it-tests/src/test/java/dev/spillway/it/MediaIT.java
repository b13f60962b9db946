package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.audio.transcriptions.TranscriptionVerbose;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.images.Image;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** openai-java as it is, for pictures and sound; every answer passes its strict validation. */
@ParameterizedClass(name = "on v1: {0}")
@ValueSource(booleans = {false, true})
final class MediaIT {

  private static final String TEXT = "The gate opens at dawn. Nobody is there to see it!";

  private final boolean v1;

  @RegisterExtension private final BothPrograms programs = BothPrograms.of("2026");
  @TempDir private Path folder;
  private final OpenAIClient client;

  MediaIT(boolean v1) {
    this.v1 = v1;
    for (String model : List.of("dall-e-3", "gpt-image-1", "tts", "whisper", "gpt-4o-transcribe")) {
      programs.control().put(DeploymentSpec.standard(model, model, Limit.of(1)));
    }
    this.client = client();
  }

  @AfterEach
  void closeTheClient() {
    client.close();
  }

  @Test
  void dallEGivesAUrlWhereThePictureIs() throws IOException {
    ImagesResponse answer =
        client
            .images()
            .generate(ImageGenerateParams.builder().model("dall-e-3").prompt("A boat").build());

    assertThat(answer.validate().isValid()).isTrue();
    Image image = answer.data().orElseThrow().getFirst();
    assertThat(image.revisedPrompt()).isPresent();
    assertThat(ImageIO.read(URI.create(image.url().orElseThrow()).toURL()).getWidth())
        .isEqualTo(1024);
  }

  @Test
  void gptImageGivesThePictureItselfAndItsTokens() throws IOException {
    ImagesResponse answer =
        client
            .images()
            .generate(
                ImageGenerateParams.builder()
                    .model("gpt-image-1")
                    .prompt("A boat")
                    .quality(ImageGenerateParams.Quality.LOW)
                    .build());

    assertThat(answer.validate().isValid()).isTrue();
    assertThat(height(answer.data().orElseThrow().getFirst().b64Json().orElseThrow()))
        .isEqualTo(1024);
    assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(272);
  }

  @Test
  void picturesAreStreamedPartByPart() throws IOException {
    ImageGenerateParams call =
        ImageGenerateParams.builder()
            .model("gpt-image-1")
            .prompt("A boat on a river")
            .partialImages(1L)
            .build();
    try (StreamResponse<ImageGenStreamEvent> stream = client.images().generateStreaming(call)) {
      List<ImageGenStreamEvent> events = stream.stream().toList();

      assertThat(events).hasSize(2);
      assertThat(events.getFirst().isGenerationPartialImage()).isTrue();
      assertThat(height(events.getLast().asGenerationCompleted().b64Json())).isEqualTo(1024);
    }
  }

  @Test
  void picturesAreEdited() throws IOException {
    ImagesResponse answer =
        client
            .images()
            .edit(
                ImageEditParams.builder()
                    .model("gpt-image-1")
                    .prompt("Add a boat")
                    .image(new byte[] {1, 2, 3})
                    .build());

    assertThat(answer.validate().isValid()).isTrue();
    assertThat(height(answer.data().orElseThrow().getFirst().b64Json().orElseThrow()))
        .isEqualTo(1024);
  }

  @Test
  @SuppressWarnings("deprecation") // the client would rather translate by chat; Azure still has it
  void whatIsSaidIsHeardAndTranslated() throws IOException {
    Path file = speech("speech.mp3", SpeechCreateParams.ResponseFormat.MP3);
    String heard =
        client
            .audio()
            .transcriptions()
            .create(heard("whisper", file).build())
            .asTranscription()
            .text();
    String translated =
        client
            .audio()
            .translations()
            .create(TranslationCreateParams.builder().model("whisper").file(file).build())
            .asTranslation()
            .text();

    assertThat(heard).isEqualTo(TEXT);
    assertThat(translated).isEqualTo(TEXT);
  }

  @Test
  void aVerboseTranscriptHasSegmentsAndWords() throws IOException {
    Path file = speech("speech.wav", SpeechCreateParams.ResponseFormat.WAV);
    TranscriptionVerbose transcript =
        client
            .audio()
            .transcriptions()
            .create(
                heard("whisper", file)
                    .responseFormat(AudioResponseFormat.VERBOSE_JSON)
                    .addTimestampGranularity(TranscriptionCreateParams.TimestampGranularity.SEGMENT)
                    .addTimestampGranularity(TranscriptionCreateParams.TimestampGranularity.WORD)
                    .build())
            .asVerbose();

    assertThat(transcript.text()).isEqualTo(TEXT);
    assertThat(transcript.duration()).isEqualTo(3.4);
    assertThat(transcript.segments().orElseThrow()).hasSize(2);
    assertThat(transcript.words().orElseThrow()).hasSize(11);
  }

  @Test
  void aTranscriptIsStreamed() throws IOException {
    Path file = speech("speech.flac", SpeechCreateParams.ResponseFormat.FLAC);
    TranscriptionCreateParams call = heard("gpt-4o-transcribe", file).build();
    try (StreamResponse<TranscriptionStreamEvent> stream =
        client.audio().transcriptions().createStreaming(call)) {
      List<TranscriptionStreamEvent> events = stream.stream().toList();

      assertThat(
              events.stream()
                  .filter(TranscriptionStreamEvent::isTranscriptTextDelta)
                  .map(event -> event.asTranscriptTextDelta().delta())
                  .collect(Collectors.joining()))
          .isEqualTo(TEXT);
      assertThat(events.getLast().asTranscriptTextDone().text()).isEqualTo(TEXT);
      assertThat(events.getLast().asTranscriptTextDone().usage()).isPresent();
    }
  }

  @Test
  void aCallAboveTheLimitIsARateLimitException() {
    ImageGenerateParams call =
        ImageGenerateParams.builder().model("dall-e-3").prompt("A boat").build();
    for (int i = 0; i < 6; i++) {
      assertThat(client.images().generate(call).data()).isPresent();
    }

    assertThatThrownBy(() -> client.images().generate(call))
        .isInstanceOf(RateLimitException.class)
        .hasMessageContaining("ImageGenerations_Create");
  }

  @Test
  void aPromptThatMayNotBeDrawnIsABadRequest() {
    ImageGenerateParams call =
        ImageGenerateParams.builder()
            .model("dall-e-3")
            .prompt("[[filter:sexual:high]] A boat")
            .build();

    assertThatThrownBy(() -> client.images().generate(call))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refused -> assertThat(refused.code()).contains("content_policy_violation"));
  }

  private Path speech(String name, SpeechCreateParams.ResponseFormat format) throws IOException {
    Path file = folder.resolve(name);
    SpeechCreateParams call =
        SpeechCreateParams.builder()
            .model("tts")
            .input(TEXT)
            .voice("alloy")
            .responseFormat(format)
            .build();
    try (HttpResponse spoken = client.audio().speech().create(call)) {
      Files.write(file, spoken.body().readAllBytes());
    }
    return file;
  }

  private static TranscriptionCreateParams.Builder heard(String model, Path file) {
    return TranscriptionCreateParams.builder().model(model).file(file);
  }

  private static int height(String base64) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64))).getHeight();
  }

  private OpenAIClient client() {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().maxRetries(0).responseValidation(true);
    URI base = programs.emulator();
    return v1
        ? builder
            .baseUrl(base.resolve("/openai/v1").toString())
            .apiKey(BothPrograms.AZURE_KEY)
            .build()
        : builder
            .baseUrl(base.toString())
            .credential(AzureApiKeyCredential.create(BothPrograms.AZURE_KEY))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2025-04-01-preview"))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY)
            .build();
  }
}
