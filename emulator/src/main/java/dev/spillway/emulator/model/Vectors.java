package dev.spillway.emulator.model;

/**
 * The vectors that a model makes of texts.
 *
 * @param length how many numbers one has; 0 for a model that makes none
 * @param shorter whether a caller can have fewer
 */
public record Vectors(int length, boolean shorter) {

  static final Vectors NONE = new Vectors(0, false);
}
