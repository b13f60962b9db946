package dev.spillway.emulator.http;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** What doors are made of: sockets, unless somebody who embeds the emulator has something else. */
public interface Connectors {

  Connectors SOCKETS = ServerConnector::new;

  /** One that is not open yet, and has no address. */
  AbstractNetworkConnector connector(Server server, ConnectionFactory... protocols);
}
