package dev.spillway.emulator.media;

import java.util.Arrays;

/**
 * What a voice of the emulator says: a soft note for each word, as long as the word would take.
 *
 * <p>Nobody could understand it, so the text travels along as a {@link SpokenText} in every file
 * that has a place for one.
 *
 * @param speed 1 for the usual one
 * @param voice its name, which decides how high it is
 */
record Sound(String text, double speed, String voice) {

  /** Samples a second. */
  static final int RATE = 24_000;

  /** About 150 words a minute. */
  private static final double LETTERS_A_SECOND = 15;

  private static final double LOUDNESS = 0.15 * Short.MAX_VALUE;
  private static final double[] SCALE = {1, 9 / 8.0, 5 / 4.0, 3 / 2.0, 5 / 3.0};

  /** How many samples it has. */
  int length() {
    return Arrays.stream(words()).mapToInt(this::length).sum();
  }

  double seconds() {
    return length() / (double) RATE;
  }

  /** 16 bits each, one channel, {@link #RATE} a second. */
  short[] samples() {
    double base = 160 + Math.floorMod(voice.hashCode(), 120);
    short[] samples = new short[length()];
    int at = 0;
    for (String word : words()) {
      int length = length(word);
      note(samples, at, length, base * SCALE[Math.floorMod(word.hashCode(), SCALE.length)]);
      at += length;
    }
    return samples;
  }

  private int length(String word) {
    return (int) ((word.length() + 1) * RATE / LETTERS_A_SECOND / speed);
  }

  private String[] words() {
    return text.strip().split("\\s+", -1);
  }

  /** Swells and fades, so that it does not click. */
  private static void note(short[] samples, int start, int length, double hertz) {
    double angle = 2 * Math.PI * hertz / RATE;
    double turn = 2 * Math.cos(angle);
    double last = Math.sin(-angle);
    double beforeLast = Math.sin(-2 * angle);
    for (int i = 0; i < length; i++) {
      double wave = turn * last - beforeLast;
      beforeLast = last;
      last = wave;
      double along = i / (double) length;
      samples[start + i] = (short) (LOUDNESS * 4 * along * (1 - along) * wave);
    }
  }
}
