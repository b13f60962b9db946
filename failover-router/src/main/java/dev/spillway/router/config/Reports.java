package dev.spillway.router.config;

import dev.spillway.yaml.YamlMap;

/** What the program tells of itself, and how. */
public record Reports(LogKeys log) {

  public static final Reports DEFAULT = new Reports(LogKeys.DEFAULT);

  /** The sections among the keys of the file's root. */
  public static Reports read(YamlMap root) {
    return new Reports(LogKeys.read(root));
  }
}
