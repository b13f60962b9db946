package dev.spillway.emulator.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where in a JSON document something stands: {@code $.user}, {@code $.messages[*].name}, {@code
 * $.metadata.*}, or at any depth {@code $..organization}.
 *
 * @param text as it is written
 */
public record JsonPath(String text, List<Step> steps) {

  /** One step down. */
  sealed interface Step {}

  private record Member(String name) implements Step {}

  private record AnyMember() implements Step {}

  private record AnyElement() implements Step {}

  private record Element(int index) implements Step {}

  /** A member of this name, here or anywhere below. */
  private record Anywhere(String name) implements Step {}

  private static final Pattern STEP =
      Pattern.compile("\\.\\.([\\w-]+)|\\.([\\w-]+)|(\\.\\*)|(\\[\\*])|\\[(\\d{1,6})]");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static JsonPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher found = STEP.matcher(text);
    int at = 1;
    while (text.startsWith("$") && found.find(at) && found.start() == at) {
      steps.add(step(found));
      at = found.end();
    }
    if (steps.isEmpty() || at != text.length()) {
      throw new IllegalArgumentException("not a path: " + text);
    }
    return new JsonPath(text, List.copyOf(steps));
  }

  private static Step step(Matcher found) {
    if (found.group(1) != null) {
      return new Anywhere(found.group(1));
    }
    if (found.group(2) != null) {
      return new Member(found.group(2));
    }
    if (found.group(3) != null) {
      return new AnyMember();
    }
    return found.group(4) != null
        ? new AnyElement()
        : new Element(Integer.parseInt(found.group(5)));
  }

  /** Puts something else in the place of everything that stands there. */
  void replace(JsonNode document, UnaryOperator<JsonNode> by) {
    replace(document, 0, by);
  }

  private void replace(JsonNode node, int depth, UnaryOperator<JsonNode> by) {
    UnaryOperator<JsonNode> deeper =
        depth == steps.size() - 1
            ? by
            : child -> {
              replace(child, depth + 1, by);
              return child;
            };
    switch (steps.get(depth)) {
      case Member member -> inObject(node, member.name(), deeper);
      case AnyMember any ->
          List.copyOf(node.propertyNames()).forEach(name -> inObject(node, name, deeper));
      case AnyElement any -> {
        for (int i = 0; i < node.size(); i++) {
          inArray(node, i, deeper);
        }
      }
      case Element element -> inArray(node, element.index(), deeper);
      case Anywhere anywhere -> {
        node.forEach(child -> replace(child, depth, by));
        inObject(node, anywhere.name(), deeper);
      }
    }
  }

  private static void inObject(JsonNode node, String name, UnaryOperator<JsonNode> by) {
    if (node instanceof ObjectNode object && object.has(name)) {
      object.set(name, by.apply(object.get(name)));
    }
  }

  private static void inArray(JsonNode node, int index, UnaryOperator<JsonNode> by) {
    if (node instanceof ArrayNode array && index < array.size()) {
      array.set(index, by.apply(array.get(index)));
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
