package dev.spillway.rehearsal.net;

import java.net.BindException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;

/** An address of the network, at which a server listens. TLS is left out. */
final class MemoryConnector extends AbstractNetworkConnector {

  private final MemoryNetwork network;
  private int localPort = -1;

  MemoryConnector(MemoryNetwork network, Server server, ConnectionFactory... protocols) {
    super(server, null, null, null, 0, protocols);
    this.network = network;
  }

  @Override
  public void open() throws BindException {
    if (!isOpen()) {
      localPort = network.listen(this, getHost(), getPort());
    }
  }

  @Override
  public boolean isOpen() {
    return localPort > 0;
  }

  @Override
  public void close() {
    if (isOpen()) {
      network.forget(this);
      localPort = -1;
    }
  }

  @Override
  public int getLocalPort() {
    return localPort;
  }

  /** Whoever came in by it is cut off. */
  @Override
  protected void doStop() throws Exception {
    super.doStop();
    List.copyOf(getConnectedEndPoints()).forEach(endPoint -> endPoint.close());
  }

  /** A connection of somebody who has come. */
  void accept(MemoryEndPoint endPoint) {
    Connection connection =
        Objects.requireNonNull(getConnectionFactory(HttpConnectionFactory.class))
            .newConnection(this, endPoint);
    endPoint.setConnection(connection);
    endPoint.onOpen();
    onEndPointOpened(endPoint);
    connection.onOpen();
  }

  void gone(MemoryEndPoint endPoint) {
    onEndPointClosed(endPoint);
  }

  @Override
  protected void accept(int acceptor) {
    throw new IllegalStateException("nobody comes but by the network");
  }

  @Override
  public Object getTransport() {
    return network;
  }
}
