package dev.spillway.yaml;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where a document came from and what its {@code ${NAME}}s stand for.
 *
 * @param environment null where they stand for themselves
 */
record YamlSource(String file, @Nullable Function<String, @Nullable String> environment) {

  /** What people write is never longer. */
  private static final int MOST_CHARACTERS = 3 * 1024 * 1024;

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  static YamlSource asWritten(String file) {
    return new YamlSource(file, null);
  }

  int mostCharacters() {
    return environment == null ? Integer.MAX_VALUE : MOST_CHARACTERS;
  }

  YamlException problem(Node node, String problem) {
    return new YamlException(file(node), line(node), problem);
  }

  /** Its own, since what was merged comes from more than one. */
  String file(Node node) {
    return node.getStartMark().map(Mark::getName).orElse(file);
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** The text with every {@code ${NAME}} and {@code ${NAME:-default}} replaced. */
  String resolve(Node node, String text) {
    if (environment == null || text.indexOf('$') < 0) {
      return text;
    }
    Matcher references = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (references.find()) {
      String name = references.group(1);
      String value = environment.apply(name);
      if (value == null) {
        value = references.group(2);
      }
      if (value == null) {
        throw problem(node, "the environment variable " + name + " is not set");
      }
      references.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return references.appendTail(resolved).toString();
  }
}
