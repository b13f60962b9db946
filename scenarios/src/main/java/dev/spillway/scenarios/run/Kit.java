package dev.spillway.scenarios.run;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The ready-made scenarios, which are packaged beside this class. */
public final class Kit {

  private static final String FOLDER = "dev/spillway/scenarios/files";

  private Kit() {}

  /** All of them, in the order of their groups and files. */
  public static List<Scenario> read(ScenarioReader reader) {
    return read(reader, "kit");
  }

  /**
   * One of them.
   *
   * @param file {@code kit/use-cases/seed-story.yaml}
   */
  public static Scenario one(ScenarioReader reader, String file) {
    return read(reader, file).getFirst();
  }

  private static List<Scenario> read(ScenarioReader reader, String fileOrFolder) {
    try {
      URI place = Kit.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path packaged = Path.of(place);
      if (Files.isDirectory(packaged)) {
        return read(packaged.resolve(FOLDER), fileOrFolder, reader);
      }
      try (FileSystem jar = FileSystems.newFileSystem(packaged)) {
        return read(jar.getPath(FOLDER), fileOrFolder, reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class is loaded from somewhere", e);
    }
  }

  private static List<Scenario> read(Path folder, String fileOrFolder, ScenarioReader reader) {
    return ScenarioFiles.in(folder.resolve(fileOrFolder)).stream()
        .map(file -> reader.read(file, folder.relativize(file).toString()))
        .toList();
  }
}
