package dev.spillway.emulator.media;

import java.util.random.RandomGenerator;

/**
 * The colours of a drawing, as {@code 0xRRGGBB}.
 *
 * @param transparent whether the paper is not there at all
 */
record Palette(int paper, int ink, int frame, boolean transparent) {

  private static final int LIGHT = 176;
  private static final int DARK = 0x202020;

  /** A light paper of any hue, with dark ink. */
  static Palette any(RandomGenerator random, boolean transparent) {
    int red = light(random);
    int green = light(random);
    int blue = light(random);
    int frame = rgb(red * 2 / 3, green * 2 / 3, blue * 2 / 3);
    return new Palette(rgb(red, green, blue), DARK, frame, transparent);
  }

  /** In the order of the drawing's numbers. */
  int[] colours() {
    return new int[] {paper, ink, frame};
  }

  private static int light(RandomGenerator random) {
    return LIGHT + random.nextInt(256 - LIGHT);
  }

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }
}
