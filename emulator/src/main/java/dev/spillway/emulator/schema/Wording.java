package dev.spillway.emulator.schema;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Words of a conversation that values are taken from.
 *
 * @param places the names in it that come after a word such as "in" or "from"
 * @param names the other words that look like names: capital letters inside a sentence
 * @param question all of it, or its beginning
 */
public record Wording(List<String> places, List<String> names, String question) {

  /** Takes nothing from a conversation. */
  public static final Wording NONE = new Wording(List.of(), List.of(), "");

  private static final int MOST_NAMES = 8;
  private static final int LONGEST = 200;
  private static final String CAPITAL = "\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+){0,2}";
  private static final Pattern PLACE = Pattern.compile("(?<=\\b(?:in|at|to|from|near) )" + CAPITAL);
  private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\p{N},;:\"'(] )" + CAPITAL);

  /** Of what the caller's user said last. */
  public static Wording of(String text) {
    String start = text.length() <= LONGEST * 10 ? text : text.substring(0, LONGEST * 10);
    List<String> places = found(PLACE, start);
    List<String> names =
        found(NAME, start).stream().filter(name -> !places.contains(name)).toList();
    boolean fits = text.codePointCount(0, text.length()) <= LONGEST;
    return new Wording(places, names, fits ? text : cut(text));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .limit(MOST_NAMES)
        .toList();
  }

  private static String cut(String text) {
    return text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }
}
