package dev.spillway.router.config;

import dev.spillway.router.body.BodyLimits;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code max-request-bytes}, {@code max-heap-body} and {@code temporary-folder}. */
final class BodyKeys {

  private static final int MIB = 1024 * 1024;
  private static final int LONGEST = 1024 * MIB;

  static final BodyLimits DEFAULT =
      new BodyLimits(64 * MIB, MIB, Path.of(System.getProperty("java.io.tmpdir")));

  private BodyKeys() {}

  static BodyLimits read(YamlMap root) {
    return new BodyLimits(
        bytes(root, "max-request-bytes", 1, DEFAULT.longest()),
        bytes(root, "max-heap-body", 0, DEFAULT.inHeap()),
        root.find("temporary-folder").map(BodyKeys::folder).orElse(DEFAULT.folder()));
  }

  private static int bytes(YamlMap root, String key, int least, int standard) {
    return root.find(key).map(value -> value.integer(least, LONGEST)).orElse(standard);
  }

  private static Path folder(YamlValue value) {
    Path folder;
    try {
      folder = Path.of(value.text());
    } catch (InvalidPathException e) {
      throw value.expected("a folder");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw value.expected("a folder that can be written to");
    }
    return folder;
  }
}
