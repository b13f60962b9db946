package dev.spillway.router.gateway;

import dev.spillway.router.link.Certified;
import dev.spillway.router.link.TlsTerms;
import dev.spillway.yaml.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where callers connect, with TLS or without.
 *
 * @param tls who it is; null without TLS
 */
record Entrance(ListenAddress address, @Nullable Certified tls) {

  /**
   * Listens at once.
   *
   * @throws UncheckedIOException when it cannot
   */
  AbstractNetworkConnector open(Callers callers, Server server, HttpConfiguration http) {
    AbstractNetworkConnector connector = callers.connector(server, protocols(http));
    connector.setHost(address.host());
    connector.setPort(address.port());
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  /** Callers come by whatever name leads here; whether it is the right one is theirs to check. */
  private ConnectionFactory[] protocols(HttpConfiguration http) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(context(tls), plain.getProtocol()), plain
    };
  }

  private static SslContextFactory.Server context(Certified tls) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(new TlsTerms(List.of(), tls).context());
    return context;
  }
}
