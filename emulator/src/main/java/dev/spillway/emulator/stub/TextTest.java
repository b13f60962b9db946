package dev.spillway.emulator.stub;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.spillway.control.stub.TextMatch;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison with a text, made ready. Expressions are RE2's, whose time grows with the length of
 * the text and no faster, since callers choose the texts.
 */
record TextTest(TextMatch.How how, String text, @Nullable Pattern pattern) {

  private static final int MOST_SHOWN = 60;

  /**
   * Makes it ready.
   *
   * @param plain what a plain text means here
   * @throws IllegalArgumentException when the regular expression is none
   */
  static TextTest of(TextMatch match, TextMatch.How plain) {
    TextMatch.How how = match.how() == TextMatch.How.PLAIN ? plain : match.how();
    return new TextTest(
        how, match.text(), how == TextMatch.How.REGEX ? compiled(match.text()) : null);
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the regular expression '" + regex + "' cannot be used: " + e.getDescription(), e);
    }
  }

  boolean fits(String given) {
    return switch (how) {
      case EQUALS -> given.equals(text);
      case PLAIN, CONTAINS ->
          given.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
      case REGEX -> groups(given).isPresent();
    };
  }

  /** What a regular expression found. */
  Optional<Matcher> groups(String given) {
    if (pattern == null) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(given);
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }

  /** Why it does not fit, after the name of what it is about. */
  String unlike(String given) {
    String wanted =
        switch (how) {
          case EQUALS -> "is not '";
          case PLAIN, CONTAINS -> "does not contain '";
          case REGEX -> "does not match '";
        };
    return wanted + shown(text) + "': '" + shown(given) + "'";
  }

  /** On one line, and no longer than a reader wants it. */
  static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }
}
