package dev.spillway.emulator.media;

import java.util.ArrayList;
import java.util.List;

/** A text broken into lines of so many letters; a word that is longer is broken, too. */
final class TextLines {

  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();

  private TextLines(int width) {
    this.width = width;
  }

  static List<String> of(String text, int width) {
    TextLines lines = new TextLines(width);
    for (String word : text.strip().split("\\s+", -1)) {
      lines.add(word);
    }
    lines.end();
    return List.copyOf(lines.lines);
  }

  private void add(String word) {
    String rest = word;
    if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
      end();
    }
    while (rest.length() > width) {
      lines.add(rest.substring(0, width));
      rest = rest.substring(width);
    }
    line.append(line.isEmpty() ? "" : " ").append(rest);
  }

  private void end() {
    if (!line.isEmpty()) {
      lines.add(line.toString());
      line.setLength(0);
    }
  }
}
