package dev.spillway.junit;

import dev.spillway.emulator.EmulatorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds an {@code emulator.yaml} where a test keeps it. */
final class ConfigFile {

  private ConfigFile() {}

  /**
   * Reads a resource, seen from a class or from the root of the class path, or else a file.
   *
   * @throws IllegalArgumentException when there is none of that name
   * @throws dev.spillway.yaml.YamlException with its line, when it cannot be used
   */
  static EmulatorConfig read(String name, Class<?> seenFrom) {
    try (InputStream resource = resource(name, seenFrom)) {
      if (resource != null) {
        String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        return EmulatorConfig.parse(name, text, System::getenv);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "the config '%s' is neither a resource on the class path nor the file %s"
              .formatted(name, file.toAbsolutePath()));
    }
    return EmulatorConfig.read(file, System::getenv);
  }

  private static @Nullable InputStream resource(String name, Class<?> seenFrom) {
    InputStream near = seenFrom.getResourceAsStream(name);
    return near != null ? near : seenFrom.getResourceAsStream("/" + name);
  }
}
