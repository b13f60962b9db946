package dev.spillway.emulator;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers about pictures and sound, as they stand in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2023", "2024", "2025", "2026"})
class MediaGoldenTest {

  private static final String VERBOSE =
      """
      --form
      Content-Disposition: form-data; name="file"; filename="speech.wav"

      RIFFxxxxWAVE SPILLWAY_SPEECH=26:The gate opens. It closes.%s
      --form
      Content-Disposition: form-data; name="response_format"

      verbose_json
      --form--
      """
          .formatted(" ".repeat(32_000))
          .replace("\n", "\r\n");

  private final Goldens goldens;
  @AutoClose private final MediaCalls calls;

  MediaGoldenTest(String wire) {
    this.goldens = new Goldens(wire);
    this.calls = new MediaCalls(wire);
  }

  @Test
  void aPictureBehindAUrl() {
    goldens.check("200-image", picture("A boat"));
  }

  @Test
  void aPromptThatMayNotBeDrawn() {
    goldens.check("400-image-filter", picture("[[filter:violence:high]] A boat"));
  }

  @Test
  void moreCallsThanThereMayBe() {
    for (int i = 0; i < 6; i++) {
      var unused = picture("A boat");
    }

    goldens.check("429-images", picture("A boat"));
  }

  @Test
  void aModelThatDoesNotDraw() {
    goldens.check(
        "400-image-model",
        calls.emulator.post(MediaCalls.dated("35turbo", "images/generations"), "{}"));
  }

  @Test
  void aTranscriptWithTimes() {
    goldens.check(
        "200-transcript",
        calls.emulator.send(
            "POST "
                + MediaCalls.dated("whisper", "audio/transcriptions")
                + " HTTP/1.1\nContent-Type: multipart/form-data; boundary=form\napi-key: "
                + EmulatorFixture.KEY,
            VERBOSE));
  }

  private RawHttp.Answer picture(String prompt) {
    return calls.emulator.post(
        MediaCalls.dated("few", "images/generations"), "{\"prompt\":\"" + prompt + "\"}");
  }
}
