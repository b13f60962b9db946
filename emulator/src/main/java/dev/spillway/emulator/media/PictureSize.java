package dev.spillway.emulator.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Width and height of a picture in pixels, as {@code 1024x1536}. */
public record PictureSize(int width, int height) {

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{1,4})x([1-9]\\d{1,4})");

  public static Optional<PictureSize> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new PictureSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  public long pixels() {
    return (long) width * height;
  }

  public int longerEdge() {
    return Math.max(width, height);
  }

  public int shorterEdge() {
    return Math.min(width, height);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
