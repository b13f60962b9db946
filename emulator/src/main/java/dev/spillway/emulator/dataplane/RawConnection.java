package dev.spillway.emulator.dataplane;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The connection below a request, for what HTTP does not allow. Whoever uses it ends the
 * connection, since the server no longer knows what was sent.
 */
final class RawConnection {

  private final EndPoint endPoint;

  private RawConnection(EndPoint endPoint) {
    this.endPoint = endPoint;
  }

  static RawConnection of(Context ctx) {
    return new RawConnection(
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint());
  }

  /** Sends these bytes as they are. */
  void write(byte[] bytes) throws IOException {
    Callback.Completable written = new Callback.Completable();
    endPoint.write(written, ByteBuffer.wrap(bytes));
    try {
      Void unused = written.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Ends it with FIN. */
  void finish() {
    endPoint.close();
  }

  /** Ends it with RST. */
  void reset() throws IOException {
    EndPoint lowest =
        endPoint instanceof SslConnection.SslEndPoint tls
            ? tls.getSslConnection().getEndPoint()
            : endPoint;
    if (lowest instanceof SocketChannelEndPoint socket) {
      var unused = socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    lowest.close();
  }

  /** Tells once when the caller has left; what it still sends is thrown away. */
  void whenLeft(Runnable listener) {
    boolean unused =
        endPoint.tryFillInterested(Callback.from(() -> look(listener), failure -> listener.run()));
  }

  private void look(Runnable listener) {
    ByteBuffer sent = BufferUtil.allocate(1024);
    int filled;
    try {
      do {
        BufferUtil.clear(sent);
        filled = endPoint.fill(sent);
      } while (filled > 0);
    } catch (IOException e) {
      filled = -1;
    }
    if (filled < 0) {
      listener.run();
    } else {
      whenLeft(listener);
    }
  }
}
