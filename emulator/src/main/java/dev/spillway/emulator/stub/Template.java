package dev.spillway.emulator.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places that are filled from the request, as in <code>Hello {{user}}</code>.
 *
 * <p>A backslash before two braces leaves them what they are. What is filled in is not looked at
 * again.
 */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\\\\\{\\{|\\{\\{([^{}]*)}}|\\{\\{(?!\\{)");
  private static final String LITERAL = "\\{{";

  private final List<Place> parts;

  private Template(List<Place> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when a place of it can never be filled
   */
  static Template of(String text, Places places) {
    List<Place> parts = new ArrayList<>();
    Matcher found = PLACE.matcher(text);
    int end = 0;
    while (found.find()) {
      parts.add(literal(text.substring(end, found.start())));
      parts.add(part(found, text, places));
      end = found.end();
    }
    parts.add(literal(text.substring(end)));
    return new Template(List.copyOf(parts));
  }

  private static Place part(Matcher found, String text, Places places) {
    if (found.group().equals(LITERAL)) {
      return literal("{{");
    }
    String name = found.group(1);
    if (name == null) {
      throw new IllegalArgumentException(
          "the template '%s' has a {{ without its }}; write \\{{ for the braces themselves"
              .formatted(TextTest.shown(text)));
    }
    return places.find(name.strip());
  }

  private static Place literal(String text) {
    return scene -> text;
  }

  String fill(Scene scene) {
    StringBuilder filled = new StringBuilder();
    parts.forEach(part -> filled.append(part.in(scene)));
    return filled.toString();
  }
}
