package dev.spillway.router.gateway;

import dev.spillway.router.link.Certified;
import dev.spillway.router.link.TlsTerms;
import dev.spillway.yaml.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Where callers connect, with TLS or without; their connections can be read ahead in. */
final class Entrance extends ServerConnector {

  private Entrance(Server server, ConnectionFactory... protocols) {
    super(server, protocols);
  }

  /**
   * Listens at once.
   *
   * @param tls who it is; null without TLS
   * @throws UncheckedIOException when it cannot
   */
  static Entrance open(
      ListenAddress address, @Nullable Certified tls, Server server, HttpConfiguration http) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    Entrance entrance =
        tls == null ? new Entrance(server, plain) : withTls(tls, server, http, plain);
    entrance.setHost(address.host());
    entrance.setPort(address.port());
    try {
      entrance.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entrance;
  }

  /** Callers come by whatever name leads here; whether it is the right one is theirs to check. */
  private static Entrance withTls(
      Certified tls, Server server, HttpConfiguration http, HttpConnectionFactory plain) {
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new Entrance(server, new SslConnectionFactory(context(tls), plain.getProtocol()), plain);
  }

  private static SslContextFactory.Server context(Certified tls) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(new TlsTerms(List.of(), tls).context());
    return context;
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    ReadAhead endPoint = new ReadAhead(channel, selector, key, getScheduler(), getExecutor());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }
}
