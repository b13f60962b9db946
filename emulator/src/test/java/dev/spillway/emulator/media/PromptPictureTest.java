package dev.spillway.emulator.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoded by somebody else's decoder. */
class PromptPictureTest {

  private static final PictureSize SQUARE = new PictureSize(1024, 1024);
  private static final String LONG = "A small boat on a wide river at dawn. ".repeat(200);

  @ParameterizedTest
  @ValueSource(
      strings = {"1024x1024", "1792x1024", "1024x1536", "256x256", "3840x2160", "1008x656"})
  void everySizeIsThatOfTheFileAndTheFileIsSmall(String size) throws IOException {
    PictureSize asked = PictureSize.parse(size).orElseThrow();
    byte[] png = picture(PictureFormat.PNG, asked, false).write("A boat on a river");

    BufferedImage image = decoded(png);
    assertThat(image.getWidth() + "x" + image.getHeight()).isEqualTo(size);
    assertThat(png.length).isLessThan(20_000);
  }

  @ParameterizedTest
  @EnumSource
  void theWordsAreThereInInkOnPaperWithinAFrame(PictureFormat format) throws IOException {
    BufferedImage image = decoded(picture(format, SQUARE, false).write("I"));

    // The letter stands three dots of sixteen pixels from the edges; its bar is its third column.
    int bar = 16 * (3 + 2) + 8;
    int paper = image.getRGB(512, 512);
    assertThat(dark(image.getRGB(bar, 16 * (3 + 3) + 8))).isTrue();
    assertThat(dark(paper)).isFalse();
    assertThat(image.getRGB(bar + 32, 16 * (3 + 3) + 8)).isEqualTo(paper);
    assertThat(image.getRGB(5, 5)).isNotEqualTo(paper);
  }

  @ParameterizedTest
  @EnumSource
  void aLongPromptIsWrittenSmallerAndCutAtLast(PictureFormat format) throws IOException {
    BufferedImage image = decoded(picture(format, SQUARE, false).write(LONG));

    long written = inkRows(image);
    assertThat(written).isGreaterThan(image.getHeight() / 2);
    assertThat(inkRows(decoded(picture(format, SQUARE, false).write("A boat")))).isLessThan(200);
  }

  @Test
  void theSeedDecidesTheColour() throws IOException {
    int one = decoded(picture(7, "x")).getRGB(600, 600);

    assertThat(decoded(picture(7, "x")).getRGB(600, 600)).isEqualTo(one);
    assertThat(decoded(picture(8, "x")).getRGB(600, 600)).isNotEqualTo(one);
  }

  @Test
  void transparentPaperIsNotThere() throws IOException {
    BufferedImage image = decoded(picture(PictureFormat.PNG, SQUARE, true).write("x"));

    assertThat(image.getRGB(600, 600) >>> 24).isZero();
    assertThat(image.getRGB(5, 5) >>> 24).isEqualTo(255);
  }

  @Test
  void aPartOfAPictureHasAPartOfTheWordsAtTheSamePlace() throws IOException {
    PromptPicture picture = picture(PictureFormat.PNG, SQUARE, false);
    String prompt = "A small boat on a wide river at dawn with birds above the reeds";

    long none = inkRows(decoded(picture.writePart(prompt, 0, 2)));
    long half = inkRows(decoded(picture.writePart(prompt, 1, 2)));
    long whole = inkRows(decoded(picture.writePart(prompt, 2, 2)));
    assertThat(none).isZero();
    assertThat(half).isPositive().isLessThan(whole);
    assertThat(picture.writePart(prompt, 2, 2)).isEqualTo(picture.write(prompt));
  }

  @Test
  void lettersOfOtherScriptsAreBoxesAndAccentsAreLeftAway() {
    assertThat(Glyphs.plain("na\u00efve caf\u00e9 \u2013 \u201cok\u201d"))
        .isEqualTo("naive cafe - \"ok\"");
    assertThat(Glyphs.ink('\u5b57', 0, 0)).isTrue();
  }

  private static PromptPicture picture(PictureFormat format, PictureSize size, boolean clear) {
    return new PromptPicture(format, size, clear, new SplittableRandom(1));
  }

  private static byte[] picture(long seed, String prompt) {
    return new PromptPicture(PictureFormat.PNG, SQUARE, false, new SplittableRandom(seed))
        .write(prompt);
  }

  private static BufferedImage decoded(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(image).isNotNull();
    return image;
  }

  private static boolean dark(int rgb) {
    return (rgb & 0xff) < 64 && (rgb >> 8 & 0xff) < 64 && (rgb >> 16 & 0xff) < 64;
  }

  /** Rows with ink in them. */
  private static long inkRows(BufferedImage image) {
    return java.util.stream.IntStream.range(0, image.getHeight())
        .filter(y ->
            java.util.stream.IntStream.range(0, image.getWidth())
                .anyMatch(x -> dark(image.getRGB(x, y))))
        .count();
  }
}
