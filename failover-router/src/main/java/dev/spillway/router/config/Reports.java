package dev.spillway.router.config;

import dev.spillway.yaml.YamlMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the program tells of itself, and how. */
public record Reports(LogKeys log, OtlpKeys otlp) {

  public static final Reports DEFAULT = new Reports(LogKeys.DEFAULT, OtlpKeys.OFF);

  /** The sections among the keys of the file's root. */
  public static Reports read(YamlMap root, Function<String, @Nullable String> env) {
    return new Reports(LogKeys.read(root), OtlpKeys.read(root, env));
  }
}
