package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ImagesTest {

  private static final String GENERATIONS = "images/generations";

  @AutoClose private final MediaCalls calls = new MediaCalls("2026");

  @Test
  void aPictureOfDallEIsFetchedFromItsUrlWithoutAKeyUntilADayIsOver() throws IOException {
    MediaCalls.Reply reply =
        calls.post("dalle", GENERATIONS, "{\"prompt\":\"A boat\",\"size\":\"1792x1024\"}");

    JsonNode data = reply.json().path("data").path(0);
    assertThat(data.path("revised_prompt").stringValue()).contains("A boat");
    assertThat(data.at("/content_filter_results/hate/severity").stringValue()).isEqualTo("safe");
    assertThat(data.at("/prompt_filter_results/sexual/filtered").booleanValue()).isFalse();
    String url = data.path("url").stringValue();
    assertThat(url).startsWith(calls.emulator.emulator.uri().toString());
    assertThat(size(calls.get(url).body())).isEqualTo("1792x1024");
    calls.emulator.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(calls.get(url).contentType()).isEqualTo("image/png");
    calls.emulator.clock.advance(Duration.ofSeconds(1));
    assertThat(calls.get(url).status()).isEqualTo(403);
    assertThat(calls.get(url.replaceAll("images/[^/]+", "images/other")).status()).isEqualTo(404);
  }

  @Test
  void dallEPutsThePictureIntoTheAnswerWhenAskedTo() throws IOException {
    MediaCalls.Reply reply =
        calls.post(
            "dalle", GENERATIONS, "{\"prompt\":\"A boat\",\"response_format\":\"b64_json\"}");

    JsonNode data = reply.json().path("data").path(0);
    assertThat(data.has("url")).isFalse();
    assertThat(size(picture(data))).isEqualTo("1024x1024");
  }

  @ParameterizedTest
  @CsvSource({
    "image, low, 1024x1024, 272",
    "image, medium, 1024x1536, 1584",
    "image, high, 1536x1024, 6208",
    "image, auto, auto, 4160",
    "image2, low, 2048x1152, 594"
  })
  void gptImageCountsThePatchesOfItsQualityAndSize(
      String deployment, String quality, String size, int tokens) throws IOException {
    String body =
        "{\"prompt\":\"A boat\",\"n\":2,\"quality\":\"%s\",\"size\":\"%s\"}"
            .formatted(quality, size);
    JsonNode answer = calls.post(deployment, GENERATIONS, body).json();

    assertThat(answer.path("data").size()).isEqualTo(2);
    assertThat(size(picture(answer.path("data").path(1))))
        .isEqualTo(answer.path("size").stringValue());
    assertThat(answer.at("/usage/output_tokens").intValue()).isEqualTo(2 * tokens);
    assertThat(answer.at("/usage/input_tokens_details/text_tokens").intValue()).isEqualTo(2);
    assertThat(answer.at("/usage/total_tokens").intValue()).isEqualTo(2 * tokens + 2);
  }

  @Test
  void aJpegIsAJpeg() throws IOException {
    String body = "{\"prompt\":\"A boat\",\"output_format\":\"jpeg\",\"output_compression\":50}";
    JsonNode answer = calls.post("image", GENERATIONS, body).json();

    byte[] file = picture(answer.path("data").path(0));
    assertThat(file).startsWith(0xff, 0xd8, 0xff);
    assertThat(size(file)).isEqualTo("1024x1024");
  }

  @Test
  void aStreamHasUnfinishedPicturesAndThenThePicture() throws IOException {
    String body =
        "{\"prompt\":\"A boat on a river\",\"stream\":true,\"partial_images\":2,\"quality\":\"low\"}";
    MediaCalls.Reply reply = calls.post("image", GENERATIONS, body);

    assertThat(reply.contentType()).startsWith("text/event-stream");
    List<JsonNode> events = reply.events();
    assertThat(events)
        .extracting(event -> event.path("type").stringValue())
        .containsExactly(
            "image_generation.partial_image",
            "image_generation.partial_image",
            "image_generation.completed");
    assertThat(reply.text()).startsWith("event: image_generation.partial_image\ndata: {");
    assertThat(events.get(1).path("partial_image_index").intValue()).isEqualTo(1);
    assertThat(events.get(2).at("/usage/output_tokens").intValue()).isEqualTo(272 + 200);
    assertThat(picture(events.get(0))).isNotEqualTo(picture(events.get(2)));
    assertThat(size(picture(events.get(0)))).isEqualTo("1024x1024");
  }

  @Test
  void picturesAreEditedByAForm() throws IOException {
    MediaCalls.Form form =
        new MediaCalls.Form()
            .field("prompt", "Add a boat")
            .field("n", "1")
            .file("image[]", "a.png", new byte[100])
            .file("image[]", "b.png", new byte[100]);
    JsonNode answer = calls.post("image", "images/edits", form).json();

    assertThat(size(picture(answer.path("data").path(0)))).isEqualTo("1024x1024");
    assertThat(answer.at("/usage/input_tokens_details/image_tokens").intValue()).isEqualTo(544);
  }

  @Test
  void theSameRequestToV1NamesTheDeploymentInItsBody() {
    JsonNode answer = calls.v1(GENERATIONS, "{\"model\":\"image\",\"prompt\":\"A boat\"}").json();

    assertThat(answer.path("data").path(0).has("b64_json")).isTrue();
  }

  @Test
  void onlyRequestsAreLimitedAndTheRefusalNamesTheOperation() {
    String body = "{\"prompt\":\"" + "A boat. ".repeat(300) + "\"}";
    for (int i = 0; i < 6; i++) {
      assertThat(calls.post("few", GENERATIONS, body).status()).isEqualTo(200);
    }
    RawHttp.Answer answer = calls.emulator.post(MediaCalls.dated("few", GENERATIONS), body);

    assertThat(answer.statusLine()).contains("429");
    assertThat(answer.body())
        .contains("exceeded the call rate limit")
        .contains("This request was for ImageGenerations_Create under");
    assertThat(answer.header("x-ratelimit-limit-tokens")).isEmpty();
    assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("6");
  }

  @Test
  void whatThePromptSaysOfTheFilterStopsThePicture() {
    MediaCalls.Reply prompt =
        calls.post("dalle", GENERATIONS, "{\"prompt\":\"[[filter:violence:high]] A boat\"}");
    MediaCalls.Reply picture =
        calls.post(
            "image", GENERATIONS, "{\"prompt\":\"[[filter:completion:sexual:high]] A boat\"}");

    assertThat(prompt.status()).isEqualTo(400);
    assertThat(prompt.json().at("/error/code").stringValue()).isEqualTo("content_policy_violation");
    assertThat(prompt.json().at("/error/inner_error/code").stringValue())
        .isEqualTo("ResponsibleAIPolicyViolation");
    assertThat(
            prompt
                .json()
                .at("/error/inner_error/content_filter_results/violence/filtered")
                .booleanValue())
        .isTrue();
    assertThat(picture.status()).isEqualTo(400);
    assertThat(picture.json().at("/error/code").stringValue()).isEqualTo("moderation_blocked");
    assertThat(picture.text()).contains("Generated image was filtered");
  }

  @ParameterizedTest
  @CsvSource({"35turbo, gpt-35-turbo", "whisper, whisper", "tts, tts"})
  void aModelThatDoesNotDrawSaysSo(String deployment, String model) {
    MediaCalls.Reply reply = calls.post(deployment, GENERATIONS, "{\"prompt\":\"A boat\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .contains("OperationNotSupported")
        .contains(
            "The imageGenerations operation does not work with the specified model, " + model);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dalle | {} | 'prompt' is a required property",
        "dalle | {\"prompt\":\" \"} | '' is too short - 'prompt'",
        "dalle | {\"prompt\":7} | 7 is not of type 'string' - 'prompt'",
        "dalle | {\"prompt\":\"x\",\"n\":2} | You must provide n=1 for this model.",
        "dalle | {\"prompt\":\"x\",\"n\":\"2\"} | \\\"2\\\" is not of type 'integer' - 'n'",
        "dalle | {\"prompt\":\"x\",\"n\":11} | 11 is greater than the maximum of 10 - 'n'",
        "dalle | {\"prompt\":\"x\",\"size\":\"1x1\"} | Invalid value: '1x1'. Supported values are: '1024x1024', '1792x1024', and '1024x1792'.",
        "dalle | {\"prompt\":\"x\",\"output_format\":\"png\"} | Unknown parameter: 'output_format'.",
        "image | {\"prompt\":\"x\",\"response_format\":\"url\"} | Unknown parameter: 'response_format'.",
        "image | {\"prompt\":\"x\",\"output_format\":\"webp\"} | Invalid value: 'webp'. Supported values are: 'png' and 'jpeg'.",
        "image | {\"prompt\":\"x\",\"size\":\"2048x1152\"} | Invalid value: '2048x1152'.",
        "image | {\"prompt\":\"x\",\"background\":\"transparent\",\"output_format\":\"jpeg\"} | Transparent background is not supported",
        "image2 | {\"prompt\":\"x\",\"size\":\"4096x4096\"} | Invalid size '4096x4096'.",
        "image2 | {\"prompt\":\"x\",\"size\":\"99999x99999\"} | Invalid size",
        "image2 | {\"prompt\":\"x\",\"size\":\"1000x1000\"} | Invalid size",
        "image | [1] | The body of your request must be a JSON object.",
        "image | {\"prompt\" | We could not parse the JSON body of your request."
      })
  void whatCannotBeDrawnIsRefusedInOneSentence(String deployment, String body, String message) {
    MediaCalls.Reply reply = calls.post(deployment, GENERATIONS, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains(message);
  }

  private static byte[] picture(JsonNode holder) {
    return Base64.getDecoder().decode(holder.path("b64_json").stringValue());
  }

  private static String size(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    return image.getWidth() + "x" + image.getHeight();
  }
}
