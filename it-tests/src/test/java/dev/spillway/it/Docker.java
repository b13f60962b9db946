package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Docker by its command line, and the image as it is built from what the tests run on. */
final class Docker {

  /** Not the name under which somebody keeps an image for other things. */
  static final String IMAGE = "spillway:tests";

  private static final String BASE = "SPILLWAY_IMAGE_BASE";

  private static final Duration BUILD = Duration.ofMinutes(5);

  private static boolean built;

  private Docker() {}

  /** Builds the image by {@code image/build}, once; skips the test where there is no Docker. */
  static synchronized void buildImage() {
    mustBeHere();
    if (built) {
      return;
    }
    String before = run("images", "--quiet", IMAGE);
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            Program.javaHome().toString(),
            BASE,
            System.getenv().getOrDefault(BASE, "debian:bookworm-slim"));
    Path build = Program.root().resolve("image/build");
    try (Program building =
        Program.start(Program.root(), environment, List.of(build.toString(), IMAGE))) {
      assertThat(building.awaitExit(BUILD)).as(building.out() + building.err()).isZero();
    }
    built = true;
    if (!before.isEmpty() && !before.equals(run("images", "--quiet", IMAGE))) {
      String unused = run("rmi", before); // or one more is left by each run
    }
  }

  private static void mustBeHere() {
    try (Program info = start("info", "--format", "{{.ServerVersion}}")) {
      if (info.awaitExit() == 0 && info.err().isEmpty()) {
        return;
      }
    } catch (UncheckedIOException e) {
      // said below
    }
    throw Missing.skip("Docker does not run here, so the image cannot be tried");
  }

  static Program start(String... arguments) {
    return Program.start(
        Program.root(),
        Map.of(),
        Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList());
  }

  /** What a command prints that must succeed. */
  static String run(String... arguments) {
    try (Program docker = start(arguments)) {
      assertThat(docker.awaitExit()).as(docker.out() + docker.err()).isZero();
      return docker.out().strip();
    }
  }

  /** A container that goes on running, and is taken away at the end. */
  record Container(String id) implements AutoCloseable {

    /**
     * Starts one.
     *
     * @param arguments of {@code docker run}: options, the image, the command
     */
    static Container run(String... arguments) {
      String[] all =
          Stream.concat(Stream.of("run", "--detach"), Stream.of(arguments)).toArray(String[]::new);
      return new Container(Docker.run(all));
    }

    /** Where a published port of it is reached. */
    URI at(int port) {
      String address = Docker.run("port", id, port + "/tcp").lines().findFirst().orElseThrow();
      return URI.create("http://" + address);
    }

    /** Runs a command in it that must succeed. */
    String exec(String... command) {
      return Docker.run(
          Stream.concat(Stream.of("exec", id), Stream.of(command)).toArray(String[]::new));
    }

    void awaitHealth() {
      String unused = exec("/opt/spillway/bin/spillway", "health", "--wait", "30s");
    }

    /** What it has written to its standard output, and nothing of its standard error. */
    String out() {
      return Docker.run("logs", id);
    }

    /** Stops it as an orchestrator does, and returns its exit code. */
    int stop() {
      String unused = Docker.run("stop", "--time", "30", id);
      return Integer.parseInt(Docker.run("inspect", "--format", "{{.State.ExitCode}}", id));
    }

    @Override
    public void close() {
      String unused = Docker.run("rm", "--force", "--volumes", id);
    }
  }
}
