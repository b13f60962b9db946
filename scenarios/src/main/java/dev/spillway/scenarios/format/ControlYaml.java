package dev.spillway.scenarios.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spillway.control.ControlJson;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the control vocabulary from YAML: its keys and words are those of the control API, so that
 * whatever can be done to a running emulator can be written here.
 */
final class ControlYaml {

  private ControlYaml() {}

  /** Those of the keys that a record has, as its JSON would be. */
  static <T extends Record> T read(YamlValue value, Class<T> type) {
    YamlMap keys = value.map();
    names(type)
        .forEach(name -> {
          boolean unused = keys.find(name).isPresent();
        });
    keys.end();
    return fromJson(value, type);
  }

  /** Reads what has several forms, one of them a mapping. */
  static <T> T fromJson(YamlValue value, Class<T> type) {
    JsonMapper json = ControlJson.mapper();
    return valid(value, () -> json.readValue(json.writeValueAsString(value.plain()), type));
  }

  /** What a record's components are called in JSON. */
  static List<String> names(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(ControlYaml::name).toList();
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null || given.value().isEmpty() ? component.getName() : given.value();
  }

  /** What a reader makes of it; what it complains of is said at the value's line. */
  static <T> T valid(YamlValue value, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (JacksonException e) {
      throw value.problem("cannot be used: " + reason(e));
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  /** The sentence of the vocabulary itself, without what the JSON library says around it. */
  private static String reason(JacksonException problem) {
    return problem.getCause() instanceof IllegalArgumentException own
        ? String.valueOf(own.getMessage())
        : problem.getOriginalMessage();
  }
}
