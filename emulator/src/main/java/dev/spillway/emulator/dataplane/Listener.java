package dev.spillway.emulator.dataplane;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The caller that waits for an answer.
 *
 * <p>While an answer is made nobody reads from its connection, so that one which was closed is
 * noticed only by looking. A caller that has closed its side counts as gone, as it does for most
 * servers.
 */
final class Listener {

  private static final int PIPELINED = 4_096;

  private final Context ctx;

  private Listener(Context ctx) {
    this.ctx = ctx;
  }

  static Listener of(Context ctx) {
    return new Listener(ctx);
  }

  /** Whether it has closed the connection, which is then closed here, too. */
  boolean hasLeft() {
    Connection connection =
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getConnection();
    EndPoint endPoint = connection.getEndPoint();
    boolean gone = !endPoint.isOpen() || read(connection, endPoint) < 0;
    if (gone) {
      endPoint.close();
    }
    return gone;
  }

  /** Takes what has come, -1 for the end; a next request that came early is handed on. */
  private static int read(Connection connection, EndPoint endPoint) {
    if (!(connection instanceof Connection.UpgradeTo next)) {
      return 0;
    }
    ByteBuffer early = BufferUtil.allocate(PIPELINED);
    try {
      int read = endPoint.fill(early);
      if (read > 0) {
        next.onUpgradeTo(early);
      }
      return read;
    } catch (IOException e) {
      return -1;
    }
  }
}
