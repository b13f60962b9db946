package dev.spillway.emulator.http;

import dev.spillway.yaml.ListenAddress;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * An address to listen on.
 *
 * @param resource whose requests all come here; null for a door of all resources
 * @param tls what TLS is spoken with; null for none
 */
public record Door(ListenAddress address, @Nullable String resource, @Nullable SSLContext tls) {

  /** How long a connection that nothing happens on is left open when the server stops. */
  private static final long IDLE_AT_STOP_MILLIS = 20;

  /** Listens at once, so that an address that cannot be used is named. */
  AbstractNetworkConnector open(Connectors connectors, Server server, HttpConfiguration http) {
    AbstractNetworkConnector connector = connectors.connector(server, protocols(http));
    connector.setName(resource);
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    try {
      connector.open();
    } catch (IOException e) {
      throw ListenException.because(address, e);
    }
    return connector;
  }

  private ConnectionFactory[] protocols(HttpConfiguration http) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(tls);
    return new ConnectionFactory[] {new SslConnectionFactory(context, plain.getProtocol()), plain};
  }
}
