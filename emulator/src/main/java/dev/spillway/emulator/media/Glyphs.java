package dev.spillway.emulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Letters of five by seven dots, for printable ASCII.
 *
 * <p>Letters with accents lose them, and what is left over is a chequered box.
 */
final class Glyphs {

  /** Of a letter with the gaps beside and below it. */
  static final int CELL_WIDTH = 6;

  static final int CELL_HEIGHT = 9;

  private static final int ROWS = 7;
  private static final int COLUMNS = 5;
  private static final int IN_A_BAND = 16;
  private static final char FIRST = ' ';
  private static final char BOX = 0x7f;
  private static final String FILE = "font.txt";
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final List<String> LINES = lines();

  private Glyphs() {}

  /** Whether there is ink at a place of a letter's cell. */
  static boolean ink(char letter, int x, int y) {
    if (x >= COLUMNS || y >= ROWS) {
      return false;
    }
    int number = (letter < FIRST || letter > BOX ? BOX : letter) - FIRST;
    String line = LINES.get(number / IN_A_BAND * (ROWS + 1) + y);
    return line.charAt(number % IN_A_BAND * (COLUMNS + 1) + x) == '#';
  }

  /** The same text in letters there are, as far as possible. */
  static String plain(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return ACCENTS
        .matcher(decomposed)
        .replaceAll("")
        .replace('\u2018', '\'')
        .replace('\u2019', '\'')
        .replace('\u201c', '"')
        .replace('\u201d', '"')
        .replace('\u2013', '-')
        .replace('\u2014', '-')
        .replace("\u00df", "ss");
  }

  private static List<String> lines() {
    try (InputStream file = Objects.requireNonNull(Glyphs.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
