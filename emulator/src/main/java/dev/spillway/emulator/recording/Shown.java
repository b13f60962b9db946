package dev.spillway.emulator.recording;

/** A value in a sentence, in one line that is not too long. */
final class Shown {

  private static final int LONGEST = 60;

  private Shown() {}

  static String of(String value) {
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
