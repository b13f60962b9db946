package dev.spillway.yaml;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one YAML document whose root is a mapping. */
public final class LocatedYaml {

  private LocatedYaml() {}

  /**
   * Reads a file.
   *
   * @param environment what {@code ${NAME}} in a value stands for; null for a name that is not set
   * @throws YamlException when the file cannot be read or is not a YAML mapping
   */
  public static YamlMap read(Path file, Function<String, @Nullable String> environment) {
    return root(new YamlSource(name(file), environment), text(file));
  }

  /**
   * Reads a file that a program has written, of any size, in which {@code ${NAME}} stands for
   * itself.
   *
   * @throws YamlException when the file cannot be read or is not a YAML mapping
   */
  public static YamlMap readAsWritten(Path file) {
    return root(YamlSource.asWritten(name(file)), text(file));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new YamlException(file.toString(), "there is no such file");
    } catch (MalformedInputException e) {
      throw new YamlException(file.toString(), "is not a text file in UTF-8");
    } catch (IOException e) {
      throw new YamlException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads a text.
   *
   * @param name what complaints call it
   * @throws YamlException when the text is not a YAML mapping
   */
  public static YamlMap parse(
      String name, String text, Function<String, @Nullable String> environment) {
    return root(new YamlSource(name, environment), text);
  }

  private static YamlMap root(YamlSource source, String text) {
    return switch (compose(source, text)) {
      case MappingNode mapping -> new YamlMap(source, mapping, "");
      case Node other -> throw source.problem(other, "expected 'key: value' lines");
      case null -> YamlMap.empty(source);
    };
  }

  private static @Nullable Node compose(YamlSource source, String text) {
    String name = source.file();
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(source.mostCharacters())
            .build();
    try {
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw new YamlException(
          name, mark.map(m -> m.getLine() + 1).orElse(1), "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new YamlException(name, 1, "is not YAML: " + e.getMessage());
    }
  }
}
