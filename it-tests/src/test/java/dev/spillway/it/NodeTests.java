package dev.spillway.it;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tests in {@code src/test/node}, run by Node in {@code target/node}, where their packages are
 * installed once for each lock file.
 */
final class NodeTests {

  private static final int OLDEST = 20;
  private static final JsonMapper JSON = new JsonMapper();

  private NodeTests() {}

  /** Whether they can be run. */
  sealed interface Preparation {}

  /** They can, in this folder. */
  record Ready(Path folder) implements Preparation {

    /** Runs all of them, and says what became of each. */
    List<Result> run(List<OneEmulator> emulators, Throttled throttled) {
      Map<String, Object> addresses =
          emulators.stream()
              .collect(Collectors.toMap(OneEmulator::year, emulator -> emulator.uri().toString()));
      Map<String, Object> router =
          Map.of("url", throttled.router().toString(), "key", Throttled.CALLER_KEY, "year", "2026");
      Map<String, String> environment =
          Map.of(
              "SPILLWAY_EMULATORS", JSON.writeValueAsString(addresses),
              "SPILLWAY_ROUTER", JSON.writeValueAsString(router),
              "SPILLWAY_KEY", OneEmulator.KEY);
      List<String> command =
          List.of(
              "node",
              "--test-reporter=./reporter.mjs",
              "--test-reporter-destination=stdout",
              "index.mjs");
      try (Program node = Program.start(folder, environment, command)) {
        int unused = node.awaitExit(); // the results say it better
        return results(node);
      }
    }
  }

  /** They cannot, since something is missing here. */
  record NotHere(String why) implements Preparation {}

  /**
   * What became of one test.
   *
   * @param failure null when it passed
   */
  record Result(String name, @Nullable String failure) {

    void assertPassed() {
      if (failure != null) {
        fail(failure);
      }
    }
  }

  /** Sees to everything that the tests need. */
  static Preparation prepare(Path module) {
    Optional<Integer> version = version();
    if (version.isEmpty()) {
      return new NotHere("node is not installed, so its clients cannot be tested");
    }
    if (version.get() < OLDEST) {
      return new NotHere(
          "node is of version %d; OpenAI's client wants %d".formatted(version.get(), OLDEST));
    }
    Path folder = module.resolve("target/node");
    copy(module.resolve("src/test/node"), folder);
    return install(folder);
  }

  private static Optional<Integer> version() {
    Path here = Path.of(".").toAbsolutePath();
    try (Program node =
        Program.start(here, Map.of(), List.of("sh", "-c", "command -v npm && node --version"))) {
      return node.awaitExit() == 0
          ? Optional.of(Integer.valueOf(node.out().replaceAll("(?s).*\nv(\\d+).*", "$1").strip()))
          : Optional.empty();
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is installed, and the schemas made of it, are good for these files only. */
  private static Preparation install(Path folder) {
    Path stamp = folder.resolve("node_modules/.of");
    String wanted = read(folder.resolve("package-lock.json")) + read(folder.resolve("shapes.ts"));
    if (read(stamp).equals(wanted)) {
      return new Ready(folder);
    }
    Optional<String> failure =
        run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            .or(() -> run(folder, "node", "shapes.mjs"));
    if (failure.isPresent()) {
      return new NotHere("what Node's clients need cannot be installed: " + failure.get());
    }
    write(stamp, wanted);
    return new Ready(folder);
  }

  /** The last line of what a command complains about, when it fails. */
  private static Optional<String> run(Path folder, String... command) {
    try (Program program = Program.start(folder, Map.of(), List.of(command))) {
      return program.awaitExit() == 0
          ? Optional.empty()
          : Optional.of(program.err().lines().reduce("", (before, line) -> line));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Result> results(Program node) {
    List<Result> results =
        node.out()
            .lines()
            .filter(line -> line.startsWith("{\"name\""))
            .map(line -> JSON.readTree(line))
            .map(test ->
                new Result(
                    test.get("name").stringValue(),
                    test.get("failure").isNull() ? null : test.get("failure").stringValue()))
            .toList();
    if (results.isEmpty()) {
      fail("node has run no test:\n" + node.out() + node.err());
    }
    return results;
  }
}
