package dev.spillway.router.config;

import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in its file a configuration says what.
 *
 * @param file as complaints call it
 * @param lines by path, such as {@code pools.gpt[0].backend}, in the file's order
 */
public record Places(String file, Map<String, Integer> lines) {

  /** The places of a document that has been read; it is walked through once more. */
  public static Places of(String file, YamlMap root) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    walk("", root, lines);
    return new Places(file, lines);
  }

  private static void walk(String path, YamlMap map, Map<String, Integer> lines) {
    map.entries()
        .forEach((key, value) -> walk(path.isEmpty() ? key : path + "." + key, value, lines));
  }

  private static void walk(String path, YamlValue value, Map<String, Integer> lines) {
    lines.put(path, value.line());
    if (value.isMap()) {
      walk(path, value.map(), lines);
    } else if (value.isList()) {
      List<YamlValue> items = value.list();
      for (int i = 0; i < items.size(); i++) {
        walk(path + "[" + i + "]", items.get(i), lines);
      }
    }
  }

  /** The line of a path, or of the nearest above it that the file has; counted from 1. */
  public int line(String path) {
    Integer line = lines.get(path);
    if (line != null) {
      return line;
    }
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return end < 0 ? 1 : line(path.substring(0, end));
  }

  /** {@code router.yaml:12}. */
  public String at(String path) {
    return file + ":" + line(path);
  }
}
