package dev.spillway.cli;

import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Tells when the content of a file changes.
 *
 * <p>It looks at the content each second, since that also sees a file that is replaced, as editors
 * and mounted configurations do.
 */
final class FileWatch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final Runnable changed;
  private final Thread thread;
  private byte[] seen;

  private FileWatch(Path file, Runnable changed) {
    this.file = file;
    this.changed = changed;
    this.seen = content(file);
    this.thread = Thread.ofVirtual().name("watch-" + file.getFileName()).unstarted(this::watch);
  }

  static FileWatch start(Path file, Runnable changed) {
    FileWatch watch = new FileWatch(file, changed);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        TimeSource.system().sleep(EVERY);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    byte[] content = content(file);
    if (content.length > 0 && !Arrays.equals(content, seen)) {
      seen = content;
      changed.run();
    }
  }

  /** Nothing while it cannot be read, as in the middle of being replaced. */
  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
