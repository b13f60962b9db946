package dev.spillway.emulator.media;

/**
 * A picture of large square dots in at most four colours.
 *
 * <p>A dot of it is {@code scale} by {@code scale} pixels of the file; what stands over at the
 * right and below is cut off.
 */
public final class Drawing {

  static final int PAPER = 0;
  static final int INK = 1;
  static final int FRAME = 2;

  private final PictureSize size;
  private final int scale;
  private final int columns;
  private final byte[] dots;
  private final Palette palette;

  Drawing(PictureSize size, int scale, Palette palette) {
    this.size = size;
    this.scale = scale;
    this.columns = across(size.width(), scale);
    this.dots = new byte[columns * across(size.height(), scale)];
    this.palette = palette;
  }

  /** How many dots cover so many pixels. */
  private static int across(int pixels, int scale) {
    return (pixels + scale - 1) / scale;
  }

  PictureSize size() {
    return size;
  }

  int scale() {
    return scale;
  }

  Palette palette() {
    return palette;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return dots.length / columns;
  }

  int dot(int column, int row) {
    return dots[row * columns + column];
  }

  /** What is outside stays outside. */
  void dot(int column, int row, int colour) {
    if (column >= 0 && column < columns && row >= 0 && row < rows()) {
      dots[row * columns + column] = (byte) colour;
    }
  }

  void text(int column, int row, String text) {
    for (int i = 0; i < text.length(); i++) {
      letter(column + i * Glyphs.CELL_WIDTH, row, text.charAt(i));
    }
  }

  private void letter(int column, int row, char letter) {
    for (int y = 0; y < Glyphs.CELL_HEIGHT; y++) {
      for (int x = 0; x < Glyphs.CELL_WIDTH; x++) {
        if (Glyphs.ink(letter, x, y)) {
          dot(column + x, row + y, INK);
        }
      }
    }
  }

  /** A line of one dot around everything. */
  void frame() {
    for (int column = 0; column < columns; column++) {
      dot(column, 0, FRAME);
      dot(column, rows() - 1, FRAME);
    }
    for (int row = 0; row < rows(); row++) {
      dot(0, row, FRAME);
      dot(columns - 1, row, FRAME);
    }
  }
}
