package dev.spillway.emulator.media;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What an image model of the emulator draws: the prompt, written on paper of a colour of its own.
 *
 * <p>The letters are as large as the prompt allows. A prompt that is too long for the smallest
 * letters is cut, and ends with three dots.
 */
public final class PromptPicture {

  /** Free dots at each edge, the frame among them. */
  private static final int MARGIN = 3;

  private final PictureFormat format;
  private final PictureSize size;
  private final Palette palette;

  public PromptPicture(
      PictureFormat format, PictureSize size, boolean transparent, RandomGenerator random) {
    this.format = format;
    this.size = size;
    this.palette = Palette.any(random, transparent && format.transparency());
  }

  /** The file. */
  public byte[] write(String prompt) {
    return format.write(draw(Glyphs.plain(prompt)));
  }

  /** The file as it is when so many of the parts of the prompt are drawn. */
  public byte[] writePart(String prompt, int part, int of) {
    String plain = Glyphs.plain(prompt);
    int scale = scale(plain);
    return format.write(draw(plain.substring(0, plain.length() * part / of), scale));
  }

  private Drawing draw(String plain) {
    return draw(plain, scale(plain));
  }

  private int scale(String plain) {
    int scale = format.largestDots();
    while (scale > format.smallestDots()
        && TextLines.of(plain, letters(scale)).size() > lines(scale)) {
      scale /= 2;
    }
    return scale;
  }

  private Drawing draw(String plain, int scale) {
    Drawing drawing = new Drawing(size, scale, palette);
    drawing.frame();
    int row = MARGIN;
    for (String line : fitting(TextLines.of(plain, letters(scale)), scale)) {
      drawing.text(MARGIN, row, line);
      row += Glyphs.CELL_HEIGHT;
    }
    return drawing;
  }

  private List<String> fitting(List<String> lines, int scale) {
    int room = lines(scale);
    if (lines.size() <= room) {
      return lines;
    }
    List<String> fitting = new ArrayList<>(lines.subList(0, room));
    String last = fitting.removeLast();
    fitting.add(last.substring(0, Math.min(last.length(), letters(scale) - 3)) + "...");
    return fitting;
  }

  private int letters(int scale) {
    return Math.max(4, (size.width() / scale - 2 * MARGIN) / Glyphs.CELL_WIDTH);
  }

  private int lines(int scale) {
    return Math.max(1, (size.height() / scale - 2 * MARGIN) / Glyphs.CELL_HEIGHT);
  }
}
