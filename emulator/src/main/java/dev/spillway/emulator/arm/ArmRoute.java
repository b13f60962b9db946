package dev.spillway.emulator.arm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A path of the resource manager with what answers it. Paths are the same in any case.
 *
 * @param template its parts; a part in braces stands for any
 */
record ArmRoute(String method, List<String> template, Function<ArmRequest, ArmAnswer> handler) {

  static ArmRoute of(String method, String template, Function<ArmRequest, ArmAnswer> handler) {
    return new ArmRoute(method, parts(template), handler);
  }

  /** The parts of a path; that it ends in a slash, or has two in a row, means nothing. */
  static List<String> parts(String path) {
    List<String> parts = new ArrayList<>(Arrays.asList(path.split("/")));
    parts.removeIf(String::isEmpty);
    return parts;
  }

  /** What stands in the places of the names, when the path is this one. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != template.size()) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String part = template.get(i);
      if (part.startsWith("{")) {
        found.put(part.substring(1, part.length() - 1), path.get(i));
      } else if (!part.equalsIgnoreCase(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }
}
