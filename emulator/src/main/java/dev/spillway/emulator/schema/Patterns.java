package dev.spillway.emulator.schema;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Searches with somebody else's regular expression, for a bounded time. */
final class Patterns {

  /** So often may a search look at a character; those that need more find nothing. */
  private static final int MOST_LOOKS = 200_000;

  private Patterns() {}

  /** Whether the pattern is in the text; a pattern that cannot be read is in every text. */
  static boolean find(String pattern, String text) {
    try {
      return Pattern.compile(pattern).matcher(new Watched(text)).find();
    } catch (PatternSyntaxException e) {
      return true;
    } catch (TooLong | StackOverflowError e) {
      return false;
    }
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
  private static final class Watched implements CharSequence {
    private final String text;
    private int looks;

    Watched(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
