package dev.spillway.emulator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.request.ContentPart;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTokensTest {

  private static int count(String model, String url, String detail) {
    return ImageTokens.count(
        new ContentPart.Image(url, detail), ModelCatalog.bundled().find(model));
  }

  private static String url(byte[] image) {
    return "data:image/any;base64," + Base64.getEncoder().encodeToString(image);
  }

  private static byte[] png(int width, int height) {
    return ByteBuffer.allocate(40)
        .put(
            new byte[] {
              (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'
            })
        .putInt(width)
        .putInt(height)
        .array();
  }

  /** With a segment before the one that says how large it is. */
  private static byte[] jpeg(int width, int height) {
    return ByteBuffer.allocate(40)
        .put(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 4, 0, 0})
        .put(new byte[] {(byte) 0xff, (byte) 0xc2, 0, 17, 8})
        .putShort((short) height)
        .putShort((short) width)
        .array();
  }

  private static byte[] gif(int width, int height) {
    return ByteBuffer.allocate(20)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .putShort((short) width)
        .putShort((short) height)
        .array();
  }

  private static byte[] webp(int width, int height) {
    ByteBuffer image =
        ByteBuffer.allocate(40)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF....WEBPVP8X".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    image.putInt(24, width - 1).putShort(27, (short) (height - 1));
    return image.array();
  }

  @Test
  void everyUsualFileSaysHowLargeItIs() {
    assertThat(ImageSize.of(url(png(640, 300)))).isEqualTo(new ImageSize(640, 300));
    assertThat(ImageSize.of(url(jpeg(640, 300)))).isEqualTo(new ImageSize(640, 300));
    assertThat(ImageSize.of(url(gif(640, 300)))).isEqualTo(new ImageSize(640, 300));
    assertThat(ImageSize.of(url(webp(640, 300)))).isEqualTo(new ImageSize(640, 300));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/a.png",
        "data:image/png;base64,",
        "data:image/png;base64,iVBO",
        "data:image/png;base64,!!!!",
        "data:image/png;base64,/9j/4AAA",
        "data:text/plain,hello",
        "data:",
      })
  void whatDoesNotSayIsTakenForTheUsualSize(String url) {
    assertThat(ImageSize.of(url)).isEqualTo(ImageSize.USUAL);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 1024, 1024, high, 765",
    "gpt-4o, 2048, 4096, high, 1105",
    "gpt-4o, 4096, 8192, auto, 1105",
    "gpt-4o, 4096, 8192, low, 85",
    "gpt-4o, 100, 100, high, 255",
    "gpt-4o-mini, 1024, 1024, high, 25501",
    "gpt-4.1, 512, 512, high, 255",
    "gpt-5, 1024, 1024, high, 630",
    "o1, 1024, 1024, high, 675",
    "gpt-4.1-mini, 1024, 1024, high, 1659",
    "gpt-5-nano, 320, 320, high, 246",
    "o4-mini, 9000, 9000, high, 2642",
  })
  void eachModelSeesTilesOrPatches(String model, int width, int height, String detail, int tokens) {
    assertThat(count(model, url(png(width, height)), detail)).isEqualTo(tokens);
  }
}
