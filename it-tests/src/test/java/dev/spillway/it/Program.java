package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process, and what it has printed so far. */
final class Program implements AutoCloseable {

  /** Generous, since other things run on the machine too. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Thread> readers;

  private Program(ProcessBuilder builder) {
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    readers =
        List.of(
            Thread.ofVirtual().start(() -> drain(process.getInputStream(), out)),
            Thread.ofVirtual().start(() -> drain(process.getErrorStream(), err)));
  }

  /**
   * Starts a command.
   *
   * @param environment beside that of the tests, without anything that configures Spillway; an
   *     empty value takes a variable away
   */
  static Program start(Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPILLWAY_"));
    environment.forEach((name, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    return new Program(builder);
  }

  /** Starts the jar with the JDK that runs the tests. */
  static Program spillway(Path folder, Map<String, String> environment, String... arguments) {
    List<String> java =
        List.of(javaHome().resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1", "-jar");
    return start(
        folder,
        environment,
        Stream.of(java, List.of(jar().toString()), List.of(arguments))
            .flatMap(List::stream)
            .toList());
  }

  static Path root() {
    return Path.of(System.getProperty("spillway.root", "..")).toAbsolutePath().normalize();
  }

  static Path jar() {
    Path jar = root().resolve("cli/target/spillway.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing; ./mvnw package makes it");
    }
    return jar;
  }

  static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  private static void drain(InputStream from, OutputStream to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Waits until the standard output holds this, and returns its first group. */
  String awaitOut(String pattern) {
    return await(pattern, this::out);
  }

  /** Waits until the standard error holds this, and returns its first group. */
  String awaitErr(String pattern) {
    return await(pattern, this::err);
  }

  private String await(String pattern, Supplier<String> printed) {
    Pattern compiled = Pattern.compile(pattern);
    Awaitility.await("'" + pattern + "' to be printed")
        .atMost(PATIENCE)
        .failFast(this::mustRun)
        .until(() -> compiled.matcher(printed.get()).find());
    Matcher found = compiled.matcher(printed.get());
    return found.find() && found.groupCount() > 0 ? found.group(1) : "";
  }

  private void mustRun() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + ":\n" + out() + err());
    }
  }

  /** Waits for the end of the process and of what it prints. */
  int awaitExit() {
    return awaitExit(PATIENCE);
  }

  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end:\n" + out() + err());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to stop, as Ctrl-C, a container runtime or an init system does. */
  void terminate() {
    boolean unused = process.toHandle().destroy(); // Process.destroy would close what it prints to
  }

  /** Sends it a signal, as {@code kill} does. */
  void signal(String name) {
    try {
      String pid = Long.toString(process.pid());
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    boolean unused = process.toHandle().destroyForcibly();
    int unusedToo = awaitExit();
  }
}
