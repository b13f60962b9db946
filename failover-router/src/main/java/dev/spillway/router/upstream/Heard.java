package dev.spillway.router.upstream;

import dev.spillway.router.trace.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an answer has said by the way, as far as it has come.
 *
 * @param usage what it is billed; null where it has not said so
 * @param characters of the text that it has brought
 * @param spokeAt when a stream said something first, in {@code nanoTime}; null for any other answer
 */
public record Heard(@Nullable Usage usage, long characters, @Nullable Long spokeAt) {

  public static final Heard NOTHING = new Heard(null, 0, null);

  static Heard of(@Nullable Usage usage) {
    return usage == null ? NOTHING : new Heard(usage, 0, null);
  }

  Heard speakingAt(@Nullable Long nanoTime) {
    return new Heard(usage, characters, nanoTime);
  }
}
