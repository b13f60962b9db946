package dev.spillway.emulator.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The folder that recordings are in; safe for any number of threads of one process.
 *
 * <p>What is recorded of a request since the start takes the place of what was recorded of it
 * before, so that recording anew makes no second set of files.
 */
public final class RecordingFolder {

  /** That a folder cannot be used, in one line. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  private final Path path;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> written = new HashMap<>();

  public RecordingFolder(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** All that are there; none where the folder is not there yet. */
  public List<NamedRecording> read() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(FileNames.SUFFIX))
          .map(
              file -> new NamedRecording(file.getFileName().toString(), RecordingReader.read(file)))
          .sorted(FileNames.IN_ORDER)
          .toList();
    } catch (IOException e) {
      throw new Unusable("the recordings in " + path + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Makes the folder where it is not there yet.
   *
   * @throws Unusable when nothing can be written into it
   */
  public void makeWritable() {
    try {
      Path folder = Files.createDirectories(path);
      if (!Files.isWritable(folder)) {
        throw new Unusable("the recordings' folder " + path + " cannot be written to");
      }
    } catch (IOException e) {
      throw new Unusable("the recordings' folder " + path + " cannot be made: " + e.getMessage());
    }
  }

  /**
   * Writes a recording, all of it or nothing.
   *
   * @throws Unusable when it cannot be written
   */
  public NamedRecording write(Recording recording) {
    String stem = stem(recording);
    lock.lock();
    try {
      int number = written.merge(stem, 1, Integer::sum);
      Files.createDirectories(path);
      if (number == 1) {
        forgetEarlier(stem);
      }
      String name = FileNames.name(stem, number);
      replace(path.resolve(name), RecordingText.of(recording));
      return new NamedRecording(name, recording);
    } catch (IOException e) {
      throw new Unusable("a recording cannot be written to " + path + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is the first answer to its request since the start. */
  boolean isFirst(Recording recording) {
    lock.lock();
    try {
      return !written.containsKey(stem(recording));
    } finally {
      lock.unlock();
    }
  }

  private static String stem(Recording recording) {
    RecordedRequest request = recording.request();
    return FileNames.stem(request, RequestKey.of(request, Matching.STRICT));
  }

  private void forgetEarlier(String stem) throws IOException {
    for (int number = 2; Files.deleteIfExists(path.resolve(FileNames.name(stem, number))); ) {
      number++;
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(unfinished, text);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
