package dev.spillway.emulator.http;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** What doors are made of: sockets, unless somebody who embeds the emulator has something else. */
public interface Connectors {

  Connectors SOCKETS =
      (server, protocols) -> {
        ServerConnector connector = new ServerConnector(server, protocols);
        connector.setAcceptQueueSize(4096); // as in the service, a burst finds an open door
        return connector;
      };

  /** One that is not open yet, and has no address. */
  AbstractNetworkConnector connector(Server server, ConnectionFactory... protocols);
}
