package dev.spillway.router.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps bodies while they are needed: short ones in the heap, long ones in temporary files. */
public record BodyStore(BodyLimits limits) {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** What becomes of a body. */
  public sealed interface Kept {

    /** It can be sent. */
    record Whole(ReplayableBody body) implements Kept {}

    /** It is longer than any may be; some of it has been read. */
    record TooLong() implements Kept {}

    /** Its file cannot be written. */
    record NoRoom(IOException why) implements Kept {}
  }

  /**
   * Reads a body to its end.
   *
   * @param announced its length; negative where that is not known before
   * @throws IOException when the caller breaks off
   */
  public Kept keep(InputStream in, long announced) throws IOException {
    if (announced > limits.longest()) {
      return new Kept.TooLong();
    }
    if (announced > limits.inHeap()) {
      return inFile(new byte[0], in);
    }
    if (announced >= 0) {
      return new Kept.Whole(new ReplayableBody.InHeap(in.readNBytes((int) announced)));
    }
    byte[] start = in.readNBytes(Math.min(limits.inHeap(), limits.longest()) + 1);
    return start.length <= limits.inHeap() && start.length <= limits.longest()
        ? new Kept.Whole(new ReplayableBody.InHeap(start))
        : inFile(start, in);
  }

  private Kept inFile(byte[] start, InputStream rest) throws IOException {
    if (start.length > limits.longest()) {
      return new Kept.TooLong();
    }
    FileChannel file;
    try {
      file = create(limits.folder());
    } catch (IOException e) {
      return new Kept.NoRoom(e);
    }
    boolean kept = false;
    try {
      Kept result = fill(file, start, rest);
      kept = result instanceof Kept.Whole;
      return result;
    } finally {
      if (!kept) {
        file.close();
      }
    }
  }

  private Kept fill(FileChannel file, byte[] start, InputStream rest) throws IOException {
    long length = start.length;
    byte[] buffer = start;
    int read = start.length;
    while (read >= 0) {
      try {
        write(file, ByteBuffer.wrap(buffer, 0, read));
      } catch (IOException e) {
        return new Kept.NoRoom(e);
      }
      if (buffer.length != BUFFER_BYTES) {
        buffer = new byte[BUFFER_BYTES];
      }
      read = rest.read(buffer);
      length += Math.max(read, 0);
      if (length > limits.longest()) {
        return new Kept.TooLong();
      }
    }
    return new Kept.Whole(new ReplayableBody.InFile(file, length));
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int unused = file.write(bytes);
    }
  }

  /** A file for this process alone, whose name is gone as soon as it is open. */
  private static FileChannel create(Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "spillway-", ".body");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
