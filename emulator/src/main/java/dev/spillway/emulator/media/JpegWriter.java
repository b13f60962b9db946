package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A baseline JPEG of blocks that have one colour each.
 *
 * <p>Such a block is its mean and no frequency, so that one code says all that is not the mean:
 * that nothing follows. The means are whole steps of the quantiser, and nothing is lost by it.
 */
final class JpegWriter {

  /** Pixels on each side of a block. */
  static final int BLOCK = 8;

  private static final int COMPONENTS = 3;
  private static final int SOF = 0xc0;
  private static final int DHT = 0xc4;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int APP0 = 0xe0;

  /** A mean counts eightfold, and a step of eight undoes it. */
  private static final int STEP = 8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Drawing drawing;
  private final int[][] means;

  private JpegWriter(Drawing drawing) {
    this.drawing = drawing;
    int[] colours = drawing.palette().colours();
    this.means = new int[colours.length][];
    for (int i = 0; i < colours.length; i++) {
      means[i] = means(colours[i]);
    }
  }

  static byte[] write(Drawing drawing) {
    if (drawing.scale() % BLOCK != 0) {
      throw new IllegalArgumentException("dots of " + drawing.scale() + " pixels are no blocks");
    }
    JpegWriter writer = new JpegWriter(drawing);
    writer.file();
    return writer.out.toByteArray();
  }

  private void file() {
    marker(SOI);
    segment(APP0, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
    quantiser();
    int width = drawing.size().width();
    int height = drawing.size().height();
    segment(
        SOF,
        8,
        height >> 8,
        height,
        width >> 8,
        width,
        COMPONENTS,
        1,
        0x11,
        0,
        2,
        0x11,
        0,
        3,
        0x11,
        0);
    // Means: nought is the code 0, one to seven bits are 1000 to 1110, eight are 11110.
    segment(DHT, 0x00, 1, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    // Frequencies: the one code says that there are none.
    segment(DHT, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    segment(SOS, COMPONENTS, 1, 0, 2, 0, 3, 0, 0, 63, 0);
    blocks();
    marker(EOI);
  }

  private void quantiser() {
    int[] table = new int[1 + BLOCK * BLOCK];
    Arrays.fill(table, 1, table.length, STEP);
    segment(DQT, table);
  }

  private void blocks() {
    BitWriter bits = new BitWriter(out, true);
    int dot = drawing.scale() / BLOCK;
    int[] before = new int[COMPONENTS];
    for (int row = 0; row * BLOCK < drawing.size().height(); row++) {
      for (int column = 0; column * BLOCK < drawing.size().width(); column++) {
        int[] block = means[drawing.dot(column / dot, row / dot)];
        for (int i = 0; i < COMPONENTS; i++) {
          mean(bits, block[i] - before[i]);
        }
        before = block;
      }
    }
    bits.fill(1);
  }

  private static void mean(BitWriter bits, int difference) {
    int size = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(difference));
    switch (size) {
      case 0 -> bits.write(0, 1);
      case 8 -> bits.write(0b11110, 5);
      default -> bits.write(0b1000 + size - 1, 4);
    }
    bits.write(difference < 0 ? difference - 1 : difference, size);
    bits.write(0, 1);
  }

  /** Brightness, blue and red of a colour, around nought. */
  private static int[] means(int rgb) {
    double red = rgb >> 16 & 0xff;
    double green = rgb >> 8 & 0xff;
    double blue = rgb & 0xff;
    return new int[] {
      (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue) - 128,
      within((int) Math.round(-0.168736 * red - 0.331264 * green + 0.5 * blue)),
      within((int) Math.round(0.5 * red - 0.418688 * green - 0.081312 * blue))
    };
  }

  private static int within(int mean) {
    return Math.clamp(mean, -128, 127);
  }

  private void marker(int marker) {
    out.write(0xff);
    out.write(marker);
  }

  private void segment(int marker, int... content) {
    marker(marker);
    int length = content.length + 2;
    out.write(length >> 8);
    out.write(length);
    for (int value : content) {
      out.write(value);
    }
  }
}
