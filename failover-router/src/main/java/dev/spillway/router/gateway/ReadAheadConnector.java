package dev.spillway.router.gateway;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Listens for connections that can be read ahead in. */
final class ReadAheadConnector extends ServerConnector {

  /**
   * As many as the system allows; with Java's 50 a burst of callers waits a second to be let in.
   */
  private static final int NOT_ACCEPTED_YET = 4096;

  ReadAheadConnector(Server server, ConnectionFactory... protocols) {
    super(server, protocols);
    setAcceptQueueSize(NOT_ACCEPTED_YET);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    ReadAhead endPoint = new ReadAhead(channel, selector, key, getScheduler(), getExecutor());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }
}
