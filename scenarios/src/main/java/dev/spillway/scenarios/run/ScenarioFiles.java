package dev.spillway.scenarios.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the scenario files of a folder: all {@code *.yaml} and {@code *.yml} below it, in the order
 * of their paths, but for what stands in folders called {@code setup}.
 */
public final class ScenarioFiles {

  private static final String SETUP = "setup";

  private ScenarioFiles() {}

  /** Those of a folder, or the file itself. */
  public static List<Path> in(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> isYaml(file) && !isSetup(place.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static boolean isSetup(Path file) {
    Path folder = file.getParent();
    for (Path part : folder == null ? List.<Path>of() : folder) {
      if (part.toString().equals(SETUP)) {
        return true;
      }
    }
    return false;
  }
}
