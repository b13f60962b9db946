package dev.spillway.emulator.recording;

import java.time.Duration;

/** How fast recordings are played. */
public sealed interface Speed {

  /** As recorded while the clock runs, and at once while it stands still. */
  record Automatic() implements Speed {}

  record Instantly() implements Speed {}

  /** So many times as fast as recorded, by the emulator's clock even while it stands still. */
  record Times(double factor) implements Speed {}

  /**
   * Reads {@code recorded}, {@code instant}, or a factor such as {@code x10}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Speed parse(String text) {
    return switch (text) {
      case "recorded" -> new Times(1);
      case "instant" -> new Instantly();
      default -> new Times(factor(text));
    };
  }

  private static double factor(String text) {
    double factor = text.startsWith("x") ? Double.parseDouble(text.substring(1)) : 0;
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("not a speed: " + text);
    }
    return factor;
  }

  /** How long to wait where it took so long when it was recorded. */
  default Duration wait(Duration recorded, boolean frozen) {
    return switch (this) {
      case Automatic automatic -> frozen ? Duration.ZERO : recorded;
      case Instantly instantly -> Duration.ZERO;
      case Times times -> Duration.ofNanos((long) (recorded.toNanos() / times.factor()));
    };
  }
}
