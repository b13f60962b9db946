package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some of the whole numbers from 1 up: one of them, or all between two.
 *
 * <p>In JSON and YAML {@code 2}, {@code 2..4} or {@code 3..}
 *
 * @param last {@link Integer#MAX_VALUE} for no end
 */
public record Ordinals(int first, int last) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:(\\.\\.)(\\d{1,9})?)?");

  public Ordinals {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "which ones are counted from 1 up, such as 2, 2..4 or 3.., not " + text(first, last));
    }
  }

  public static Ordinals only(int number) {
    return new Ordinals(number, number);
  }

  /** That one and all after it. */
  public static Ordinals from(int first) {
    return new Ordinals(first, Integer.MAX_VALUE);
  }

  /**
   * Reads {@code 2}, {@code 2..4} or {@code 3..}
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Ordinals parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "which ones are written such as 2, 2..4 or 3.., not '" + text + "'");
    }
    int first = Integer.parseInt(form.group(1));
    if (form.group(2) == null) {
      return only(first);
    }
    return form.group(3) == null
        ? from(first)
        : new Ordinals(first, Integer.parseInt(form.group(3)));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Ordinals ofNumber(int number) {
    return only(number);
  }

  public boolean contains(long number) {
    return number >= first && (number <= last || last == Integer.MAX_VALUE);
  }

  @JsonValue
  Object json() {
    return first == last ? (Object) first : toString();
  }

  @Override
  public String toString() {
    return text(first, last);
  }

  private static String text(int first, int last) {
    return first == last
        ? String.valueOf(first)
        : first + ".." + (last == Integer.MAX_VALUE ? "" : last);
  }
}
