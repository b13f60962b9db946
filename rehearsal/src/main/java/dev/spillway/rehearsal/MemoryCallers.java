package dev.spillway.rehearsal;

import dev.spillway.rehearsal.net.MemoryEndPoint;
import dev.spillway.rehearsal.net.MemoryNetwork;
import dev.spillway.router.gateway.Callers;
import dev.spillway.time.SimulatedTask;
import dev.spillway.time.Simulation;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

/** Callers of the router who come over a network in memory. Whoever leaves is noticed at once. */
record MemoryCallers(MemoryNetwork network, Simulation simulation) implements Callers {

  @Override
  public AbstractNetworkConnector connector(Server server, ConnectionFactory... protocols) {
    return network.connector(server, protocols);
  }

  @Override
  public Served serve(EndPoint connection) {
    Guest guest = new Guest((MemoryEndPoint) connection, simulation.current());
    guest.connection.whenLeft(guest::leaves);
    return guest;
  }

  private static final class Guest implements Served {

    private final MemoryEndPoint connection;
    private final SimulatedTask worker;
    private boolean left;

    Guest(MemoryEndPoint connection, SimulatedTask worker) {
      this.connection = connection;
      this.worker = worker;
    }

    private void leaves() {
      left = true;
      worker.interrupt();
    }

    @Override
    public boolean hasLeft() {
      return left;
    }

    @Override
    public void breakOff() {
      connection.close();
    }

    @Override
    public void close() {
      connection.whenLeft(null);
      if (left) {
        worker.clearInterrupt();
      }
    }
  }
}
