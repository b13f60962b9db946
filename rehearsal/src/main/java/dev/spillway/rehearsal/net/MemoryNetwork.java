package dev.spillway.rehearsal.net;

import dev.spillway.time.Gate;
import dev.spillway.time.Simulation;
import dev.spillway.time.TimeSource;
import java.net.BindException;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * Who listens where, in one simulation. Bytes take no time and never get lost; what a connection
 * can do is to end.
 */
public final class MemoryNetwork implements AutoCloseable {

  private static final int FIRST_FREE_PORT = 49_152;

  private final Simulation simulation;
  private final TimeSource time;
  private final Map<Address, MemoryConnector> listening = new LinkedHashMap<>();
  private int nextPort = FIRST_FREE_PORT;
  private final Set<MemoryEndPoint> connections = new LinkedHashSet<>();
  private @Nullable Address elsewhere;
  private int served;
  private @Nullable Gate nobodyServed;

  /**
   * A network with nobody in it.
   *
   * @param time what its connections wait in; that of the simulation, or a clock over it
   */
  public MemoryNetwork(Simulation simulation, TimeSource time) {
    this.simulation = simulation;
    this.time = time;
  }

  /** What a server can listen with; not open yet. */
  public AbstractNetworkConnector connector(Server server, ConnectionFactory... protocols) {
    return new MemoryConnector(this, server, protocols);
  }

  /** Says where addresses lead that nobody listens at, and whose hosts are not this machine. */
  public void leadElsewhere(Address to) {
    elsewhere = to;
  }

  int listen(MemoryConnector connector, String host, int port) throws BindException {
    Address address = new Address(host, port == 0 ? nextPort++ : port);
    if (listening.putIfAbsent(address, connector) != null) {
      throw new BindException("Address already in use");
    }
    return address.port();
  }

  void forget(MemoryConnector connector) {
    listening.values().remove(connector);
  }

  /**
   * Connects.
   *
   * @throws ConnectException when nobody listens there
   */
  public MemoryConnection connect(Address to) throws ConnectException {
    MemoryConnector connector = listening.get(to);
    Address other = elsewhere;
    if (connector == null && other != null && !to.host().equals(other.host())) {
      connector = listening.get(other);
    }
    if (connector == null) {
      throw new ConnectException("Connection refused");
    }
    MemoryEndPoint endPoint = new MemoryEndPoint(this, connector, time, to.toString(), nextPort++);
    connections.add(endPoint);
    connector.accept(endPoint);
    return new MemoryConnection(endPoint);
  }

  void gone(MemoryEndPoint connection) {
    connections.remove(connection);
  }

  /** Goes on beside whoever has sent something. */
  void serve(String name, Runnable server) {
    served++;
    time.beside(
        name,
        () -> {
          try {
            server.run();
          } finally {
            served--;
            Gate waiting = nobodyServed;
            if (served == 0 && waiting != null) {
              waiting.open();
            }
          }
        });
  }

  /**
   * All callers leave, and whoever is served is served to its end; between two runs of the
   * simulation.
   */
  @Override
  public void close() {
    List.copyOf(connections).forEach(MemoryEndPoint::leave);
    if (served > 0) {
      Gate last = time.gate("the last that is served");
      nobodyServed = last;
      var unused = simulation.spawn("the end of the network", last::pass);
      simulation.run();
    }
  }
}
