package dev.spillway.emulator.generation;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What everything made up for one call is derived from.
 *
 * <p>The text follows from the emulator's seed and the request alone; the identifiers also from how
 * often the same request has come, so that no two calls share one.
 */
public record CallSeed(long text, long identity) {

  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The randomness of the answer's n-th choice. */
  public SplittableRandom choice(int index) {
    return new SplittableRandom(Hashing.mix(text, index));
  }

  /** A GUID for a purpose, such as {@code apim-request-id}. */
  public String guid(String purpose) {
    return guid(random(purpose));
  }

  /** A GUID drawn from {@code random}. */
  public static String guid(RandomGenerator random) {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Letters and digits after a prefix, such as {@code chatcmpl-}. */
  public String id(String prefix, int length) {
    return prefix + letters(random(prefix), length);
  }

  /** Letters and digits drawn from {@code random}. */
  public static String letters(SplittableRandom random, int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
    }
    return letters.toString();
  }

  public SplittableRandom random(String purpose) {
    return new SplittableRandom(Hashing.mix(identity, purpose.hashCode()));
  }
}
