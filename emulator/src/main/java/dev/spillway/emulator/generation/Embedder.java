package dev.spillway.emulator.generation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Turns texts into vectors of length 1, such that texts with words in common are near each other.
 *
 * <p>Every word, and every three letters of one, stand for a sparse random direction, and a text
 * for the sum of its directions; case and punctuation do not matter. A little of a direction of its
 * own keeps it apart from all others. Shorter vectors are the beginnings of the whole one, of
 * length 1 again; the beginning says most, since directions have more in it.
 *
 * <p>A text has the same vector in every emulator, whatever its seed, so that stored vectors stay
 * good.
 */
public final class Embedder {

  private static final int NUMBERS_PER_DIRECTION = 48;
  private static final float WORD = 1.5f;
  private static final float LETTERS = 0.4f;

  /** Of short words, which say little. */
  private static final float SHORT = 0.35f;

  /** Of the direction that a text has of its own, beside that of its words. */
  private static final double OWN = 0.05;

  private final long seed;
  private final int length;

  /**
   * @param model whose vectors; those of different models have nothing in common
   * @param length how many numbers its vectors have
   */
  public Embedder(String model, int length) {
    this.seed = Hashing.hash(0, model.getBytes(StandardCharsets.UTF_8));
    this.length = length;
  }

  /** The first so many numbers of a text's vector, made as long as 1. */
  public float[] embed(String text, int numbers) {
    float[] vector = new float[length];
    String words = text.toLowerCase(Locale.ROOT);
    int start = 0;
    for (int i = 0; i <= words.length(); i++) {
      if (i == words.length() || !Character.isLetterOrDigit(words.charAt(i))) {
        if (i > start) {
          addWord(vector, words, start, i);
        }
        start = i + 1;
      }
    }
    addOwn(vector, text);
    return normalized(vector, numbers);
  }

  private void addWord(float[] vector, String text, int from, int to) {
    float weight = to - from <= 3 ? SHORT : 1;
    long word = seed;
    long before = ' ';
    for (int i = from; i < to; i++) {
      long letter = text.charAt(i);
      long after = i + 1 < to ? text.charAt(i + 1) : ' ';
      word = Hashing.mix(word, letter);
      add(
          vector,
          Hashing.mix(seed, before << 32 | letter << 16 | after | Long.MIN_VALUE),
          weight * LETTERS);
      before = letter;
    }
    add(vector, word, weight * WORD);
  }

  /** Two numbers out of every hash, more of them near the beginning. */
  private void add(float[] vector, long direction, float weight) {
    for (int i = 0; i < NUMBERS_PER_DIRECTION; i += 2) {
      long bits = Hashing.mix(direction, i);
      vector[place(bits >>> 40)] += (bits & 1) == 0 ? weight : -weight;
      vector[place((bits >>> 16) & 0xffffff)] += (bits & 2) == 0 ? weight : -weight;
    }
  }

  private int place(long random) {
    double even = random * 0x1p-24;
    return (int) (even * even * length);
  }

  private void addOwn(float[] vector, String text) {
    double size = Math.max(norm(vector, vector.length), 1e-3);
    double step = OWN * size / Math.sqrt(length);
    long own = Hashing.hash(seed, text.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < vector.length; i++) {
      double between = (Hashing.mix(own, i) >> 11) * 0x1p-52; // -1 to 1
      vector[i] += (float) (between * step);
    }
  }

  private static float[] normalized(float[] vector, int numbers) {
    double norm = norm(vector, numbers);
    float[] unit = new float[numbers];
    for (int i = 0; i < numbers; i++) {
      unit[i] = (float) (vector[i] / norm);
    }
    return unit;
  }

  private static double norm(float[] vector, int numbers) {
    double sum = 0;
    for (int i = 0; i < numbers; i++) {
      sum += (double) vector[i] * vector[i];
    }
    return Math.sqrt(sum);
  }
}
