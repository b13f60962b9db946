package dev.spillway.emulator.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The files a picture can be written as. */
public enum PictureFormat {
  PNG(16, 2, true) {
    @Override
    byte[] write(Drawing drawing) {
      return PngWriter.write(drawing);
    }
  },
  /** With dots of whole blocks, so that each block has one colour. */
  JPEG(16, JpegWriter.BLOCK, false) {
    @Override
    byte[] write(Drawing drawing) {
      return JpegWriter.write(drawing);
    }
  };

  private final int largestDots;
  private final int smallestDots;
  private final boolean transparency;

  PictureFormat(int largestDots, int smallestDots, boolean transparency) {
    this.largestDots = largestDots;
    this.smallestDots = smallestDots;
    this.transparency = transparency;
  }

  abstract byte[] write(Drawing drawing);

  public static Optional<PictureFormat> byName(String name) {
    return Arrays.stream(values()).filter(format -> format.onTheWire().equals(name)).findFirst();
  }

  public String onTheWire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String contentType() {
    return "image/" + onTheWire();
  }

  /** Whether it can leave the paper away. */
  public boolean transparency() {
    return transparency;
  }

  int largestDots() {
    return largestDots;
  }

  int smallestDots() {
    return smallestDots;
  }
}
