package dev.spillway.emulator.filter;

import java.util.regex.Pattern;

/**
 * What to look for in a text.
 *
 * @param text the words or the regular expression
 */
public record TextPattern(Kind kind, String text) {

  /** How {@link #text} is meant. */
  public enum Kind {
    /** Anywhere, in upper or lower case. */
    CONTAINED,
    /** As whole words, in upper or lower case. */
    WORDS,
    /** A regular expression, found anywhere. */
    REGEX
  }

  private static final int ANY_CASE =
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

  public TextPattern {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("nothing to look for");
    }
    if (kind == Kind.REGEX) {
      Pattern unused = Pattern.compile(text);
    }
  }

  public static TextPattern contained(String text) {
    return new TextPattern(Kind.CONTAINED, text);
  }

  public static TextPattern words(String words) {
    return new TextPattern(Kind.WORDS, words);
  }

  /**
   * A regular expression.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static TextPattern regex(String expression) {
    return new TextPattern(Kind.REGEX, expression);
  }

  Pattern compiled() {
    return switch (kind) {
      case CONTAINED -> Pattern.compile(Pattern.quote(text), ANY_CASE);
      case WORDS -> Pattern.compile("(?<!\\w)" + Pattern.quote(text) + "(?!\\w)", ANY_CASE);
      case REGEX -> Pattern.compile(text);
    };
  }
}
