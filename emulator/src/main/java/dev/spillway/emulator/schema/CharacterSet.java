package dev.spillway.emulator.schema;

import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Characters to draw from; letters and digits where there is a choice. */
final class CharacterSet {

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int AFTER_PRINTABLE = 0x7f;
  private static final int MOST_IN_A_RANGE = 4_096;

  static final CharacterSet DIGIT = new CharacterSet();
  static final CharacterSet WORD = new CharacterSet();

  static {
    DIGIT.addRange('0', '9');
    WORD.addRange('0', '9');
    WORD.addRange('a', 'z');
    WORD.addRange('A', 'Z');
  }

  private final BitSet characters = new BitSet();

  static CharacterSet of(char character) {
    CharacterSet set = new CharacterSet();
    set.characters.set(character);
    return set;
  }

  void addRange(char first, char last) {
    if (last >= first) {
      characters.set(first, Math.min(last, first + MOST_IN_A_RANGE) + 1);
    }
  }

  void addAll(CharacterSet other) {
    characters.or(other.characters);
  }

  /** The printable ASCII characters that are not in it; an underline is no opposite of words. */
  CharacterSet opposite() {
    CharacterSet opposite = new CharacterSet();
    opposite.characters.set(FIRST_PRINTABLE, AFTER_PRINTABLE);
    opposite.characters.andNot(characters);
    if (characters.equals(WORD.characters)) {
      opposite.characters.clear('_');
    }
    return opposite;
  }

  boolean isEmpty() {
    return characters.isEmpty();
  }

  /** Its character, if it has one only. */
  Optional<Character> single() {
    return characters.cardinality() == 1
        ? Optional.of((char) characters.nextSetBit(0))
        : Optional.empty();
  }

  char any(RandomGenerator random) {
    BitSet plain = (BitSet) characters.clone();
    plain.and(WORD.characters);
    BitSet from = plain.isEmpty() ? characters : plain;
    int skipped = random.nextInt(from.cardinality());
    int character = from.nextSetBit(0);
    for (int i = 0; i < skipped; i++) {
      character = from.nextSetBit(character + 1);
    }
    return (char) character;
  }
}
