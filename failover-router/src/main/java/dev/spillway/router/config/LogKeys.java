package dev.spillway.router.config;

import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;

/**
 * {@code log:}, what the program logs.
 *
 * @param requests whether there is a line for each request
 */
public record LogKeys(Format format, Level level, boolean requests) {

  /** How a line looks. */
  public enum Format {
    TEXT,
    JSON
  }

  /** What is logged, and all that is worse. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  public static final LogKeys DEFAULT = new LogKeys(Format.TEXT, Level.INFO, false);

  /** The section among the keys of the file's root. */
  public static LogKeys read(YamlMap root) {
    return root.find("log").map(YamlValue::map).map(LogKeys::section).orElse(DEFAULT);
  }

  private static LogKeys section(YamlMap keys) {
    LogKeys log =
        new LogKeys(
            keys.find("format").map(value -> value.oneOf(Format.class)).orElse(DEFAULT.format),
            keys.find("level").map(value -> value.oneOf(Level.class)).orElse(DEFAULT.level),
            keys.find("requests").map(YamlValue::flag).orElse(DEFAULT.requests));
    keys.end();
    return log;
  }
}
