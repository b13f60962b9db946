package dev.spillway.emulator.stub;

import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A place in a JSON document, written as {@code response_format.type} or {@code input[0].text}. */
record JsonPath(String text, JsonPointer pointer) {

  private static final Pattern FORM =
      Pattern.compile("[^.\\[\\]{}\\s]+(\\[\\d{1,6}]|\\.[^.\\[\\]{}\\s]+)*");

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException when it is none
   */
  static JsonPath of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a path in the body is written such as response_format.type or input[0].text, not '"
              + text
              + "'");
    }
    String pointer =
        text.replace("~", "~0")
            .replace("/", "~1")
            .replaceAll("\\[(\\d+)]", ".$1")
            .replace('.', '/');
    return new JsonPath(text, JsonPointer.compile("/" + pointer));
  }

  /** The text there; of anything but a text its JSON, and nothing where there is nothing. */
  String in(JsonNode document) {
    JsonNode found = document.at(pointer);
    if (found.isMissingNode()) {
      return "";
    }
    return found.isString() ? found.stringValue() : found.toString();
  }
}
