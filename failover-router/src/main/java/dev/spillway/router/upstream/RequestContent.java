package dev.spillway.router.upstream;

import dev.spillway.router.body.EditedBody;
import dev.spillway.router.body.ReplayableBody;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.ByteBufferPool;

/** Bodies as the HTTP client sends them, once each: every attempt needs one of its own. */
final class RequestContent {

  private static final int BUFFER_BYTES = 64 * 1024;

  private RequestContent() {}

  /**
   * What one attempt sends.
   *
   * @param buffers for a body that is in a file
   */
  static Request.Content of(String contentType, EditedBody body, ByteBufferPool buffers) {
    return switch (body.original()) {
      case ReplayableBody.InHeap heap ->
          new ByteBufferRequestContent(contentType, body.slicesOf(heap));
      case ReplayableBody.InFile file -> new FromFile(contentType, body, buffers);
    };
  }

  /** A body that is read while it is sent, and whose length is known all the same. */
  private static final class FromFile extends InputStreamRequestContent {

    private final long length;

    FromFile(String contentType, EditedBody body, ByteBufferPool buffers) {
      super(contentType, body.open(), new ByteBufferPool.Sized(buffers, false, BUFFER_BYTES));
      this.length = body.length();
    }

    @Override
    public long getLength() {
      return length;
    }
  }
}
