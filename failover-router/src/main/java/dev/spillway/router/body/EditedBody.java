package dev.spillway.router.body;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body as one backend is sent it: the caller's, but for one place. Nothing is copied.
 *
 * @param splice null leaves every byte as it is
 */
public record EditedBody(ReplayableBody original, @Nullable Splice splice) {

  public long length() {
    return splice == null
        ? original.length()
        : original.length() - (splice.end() - splice.start()) + splice.bytes().length;
  }

  /** A reader of all of it. */
  public InputStream open() {
    if (splice == null) {
      return original.open();
    }
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                original.open(0, splice.start()),
                new ByteArrayInputStream(splice.bytes()),
                original.open(splice.end(), original.length()))));
  }

  /** Its bytes, where the caller's are in the heap. */
  public ByteBuffer[] slicesOf(ReplayableBody.InHeap heap) {
    byte[] bytes = heap.bytes();
    if (splice == null) {
      return new ByteBuffer[] {ByteBuffer.wrap(bytes)};
    }
    int start = (int) splice.start();
    int end = (int) splice.end();
    return new ByteBuffer[] {
      ByteBuffer.wrap(bytes, 0, start),
      ByteBuffer.wrap(splice.bytes()),
      ByteBuffer.wrap(bytes, end, bytes.length - end)
    };
  }
}
