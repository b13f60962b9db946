package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a text must be like: in JSON a plain text, or one of {@code equals}, {@code contains} and
 * {@code regex} with it.
 *
 * @param text the words or the regular expression
 */
public record TextMatch(How how, String text) {

  /** How {@link #text} is meant. */
  public enum How {
    /** As the place has it: what is said contains it, everything else equals it. */
    PLAIN,
    EQUALS,
    /** Anywhere, in upper or lower case. */
    CONTAINS,
    /** A regular expression of RE2, found anywhere. */
    REGEX;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public TextMatch {
    if (text.isEmpty() && how != How.EQUALS) {
      throw new IllegalArgumentException("there is no text to look for");
    }
  }

  public static TextMatch plain(String text) {
    return new TextMatch(How.PLAIN, text);
  }

  public static TextMatch equalTo(String text) {
    return new TextMatch(How.EQUALS, text);
  }

  public static TextMatch contains(String text) {
    return new TextMatch(How.CONTAINS, text);
  }

  public static TextMatch regex(String expression) {
    return new TextMatch(How.REGEX, expression);
  }

  /**
   * One that is written as {@code how: text}.
   *
   * @throws IllegalArgumentException when there is no such way
   */
  public static TextMatch named(String how, String text) {
    return Arrays.stream(How.values())
        .filter(one -> one != How.PLAIN && one.label().equals(how))
        .findFirst()
        .map(one -> new TextMatch(one, text))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a text is compared by equals, contains or regex, not by '" + how + "'"));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TextMatch read(JsonNode json) {
    if (json.isValueNode() && !json.isNull()) {
      return plain(json.asString());
    }
    if (!json.isObject() || json.size() != 1) {
      throw new IllegalArgumentException(
          "a text to compare with is a text, or one of equals, contains and regex with it, not "
              + json);
    }
    Map.Entry<String, JsonNode> only = json.properties().iterator().next();
    return named(only.getKey(), only.getValue().asString());
  }

  @JsonValue
  Object json() {
    return how == How.PLAIN ? text : Map.of(how.label(), text);
  }
}
