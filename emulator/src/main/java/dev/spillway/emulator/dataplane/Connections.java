package dev.spillway.emulator.dataplane;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The connection that a request came by. */
final class Connections {

  private Connections() {}

  /** Ends it in the middle of an answer, so that nobody takes what was sent for all of it. */
  static void cut(Context ctx) {
    ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
