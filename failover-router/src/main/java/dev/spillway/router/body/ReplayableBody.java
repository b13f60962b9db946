package dev.spillway.router.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/**
 * A caller's body, which is read from its beginning as often as there are attempts.
 *
 * <p>Any number of readers may be open at once. Closing it ends them, and gives back what it takes
 * up; that is done once, when the request is done with.
 */
public sealed interface ReplayableBody extends AutoCloseable {

  /** In bytes. */
  long length();

  /** A reader of the bytes from one offset to just before another. */
  InputStream open(long from, long to);

  /** A reader of all of it. */
  default InputStream open() {
    return open(0, length());
  }

  @Override
  void close();

  static ReplayableBody of(byte[] bytes) {
    return new InHeap(bytes);
  }

  /** A body of usual size. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record InHeap(byte[] bytes) implements ReplayableBody {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open(long from, long to) {
      return new ByteArrayInputStream(bytes, (int) from, (int) (to - from));
    }

    @Override
    public void close() {}
  }

  /**
   * A long one, in a file that has no name any more, so that not even a killed process leaves it.
   */
  record InFile(FileChannel file, long length) implements ReplayableBody {
    @Override
    public InputStream open(long from, long to) {
      return new FileSlice(file, from, to);
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        // nothing was left to be written, and the operating system has taken the file back
      }
    }
  }
}
