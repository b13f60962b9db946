package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher at the root of a checkout.
 *
 * <p>Where it finds no JDK at all is not tested, since nothing can hide {@code /usr/lib/jvm}.
 */
final class LauncherIT {

  private static final Path LAUNCHER = Program.root().resolve("spillway");
  private static final String VERSION =
      "spillway \\d+\\.\\d+\\.\\d+\\S*\\RJDK (2[1-9]|[3-9]\\d)\\S*\\R";

  /** The home folder, and the folder the launcher is called from. */
  @TempDir private Path folder;

  /** Puts the JDK of the tests where the launcher looks for one. */
  @BeforeEach
  void aJdkIsAtHome() throws IOException {
    String release = Runtime.version().feature() + ".0.1";
    String java = "exec '" + Program.javaHome().resolve("bin/java") + "' \"$@\"";
    jdk(folder.resolve(".jdks/good"), release, java, List.of("java", "javac"));
  }

  @Test
  void aShellFindsNothingWrongWithIt() {
    try (Program shell = start(Map.of(), List.of("sh", "-n", LAUNCHER.toString()))) {
      assertThat(shell.awaitExit()).isZero();
      assertThat(shell.err()).isEmpty();
    }
  }

  @Test
  void worksFromAnotherFolder() throws IOException {
    assertPrintsVersion(LAUNCHER, Map.of("JAVA_HOME", Program.javaHome().toString()));
  }

  @Test
  void worksThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("linked"), LAUNCHER);
    try {
      assertPrintsVersion(link, Map.of("JAVA_HOME", Program.javaHome().toString()));
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void passesOverAnOlderJavaOnThePath() throws IOException {
    String path = jdk("17.0.15").resolve("bin") + ":" + System.getenv("PATH");

    assertPrintsVersion(LAUNCHER, Map.of("JAVA_HOME", "", "PATH", path));
  }

  @Test
  void passesOverAJavaHomeThatIsOlder() throws IOException {
    assertPrintsVersion(LAUNCHER, Map.of("JAVA_HOME", jdk("1.8.0_402").toString()));
  }

  @Test
  void passesOverAJavaHomeThatIsNowhere() throws IOException {
    assertPrintsVersion(LAUNCHER, Map.of("JAVA_HOME", folder.resolve("nowhere").toString()));
  }

  @Test
  void passesOverARuntimeThatCannotCompile() throws IOException {
    Path runtime = jdk(folder.resolve("jre"), "99.0.1", "exit 97", List.of("java"));

    assertPrintsVersion(LAUNCHER, Map.of("JAVA_HOME", runtime.toString()));
  }

  @Test
  void takesJavaHomeWhenItFits() throws IOException {
    Path chosen = jdk("21.0.1");
    Map<String, String> environment =
        Map.of("JAVA_HOME", chosen.toString(), "HOME", folder.toString());
    try (Program launcher = start(environment, List.of(LAUNCHER.toString(), "--jdk-home"))) {
      assertThat(launcher.awaitExit()).isZero();
      assertThat(launcher.out().strip()).isEqualTo(chosen.toString());
    }
  }

  /** A folder that looks like a JDK, and fails when it is used. */
  private Path jdk(String release) throws IOException {
    return jdk(folder.resolve("jdk-" + release), release, "exit 97", List.of("java", "javac"));
  }

  private static Path jdk(Path home, String release, String script, List<String> tools)
      throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + release + "\"\n");
    for (String tool : tools) {
      Path file = Files.writeString(bin.resolve(tool), "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return home;
  }

  private void assertPrintsVersion(Path launcher, Map<String, String> more) throws IOException {
    needCurrentJar();
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HOME", folder.toString());
    try (Program version = start(environment, List.of(launcher.toString(), "--version"))) {
      assertThat(version.awaitExit()).as(version.err()).isZero();
      assertThat(version.out()).matches(VERSION);
      assertThat(version.err()).isEmpty();
    }
  }

  private Program start(Map<String, String> environment, List<String> command) {
    return Program.start(folder, environment, command);
  }

  /** The launcher builds when the jar is older than a source, which no test should set off. */
  private static void needCurrentJar() throws IOException {
    FileTime packaged = Files.getLastModifiedTime(Program.jar());
    Optional<Path> newer;
    try (Stream<Path> modules = Files.list(Program.root())) {
      newer =
          modules
              .flatMap(module -> Stream.of(module.resolve("src/main"), module.resolve("pom.xml")))
              .filter(Files::exists)
              .flatMap(LauncherIT::filesBelow)
              .filter(file -> isNewer(file, packaged))
              .findFirst();
    }
    if (newer.isPresent()) {
      abort(newer.get() + " is newer than the jar, so the launcher would build");
    }
  }

  private static Stream<Path> filesBelow(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNewer(Path file, FileTime than) {
    try {
      return Files.getLastModifiedTime(file).compareTo(than) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
