package dev.spillway.router.identity;

import dev.spillway.router.link.Proxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which token endpoints are reached through the proxy: those with https, which are authorities. The
 * endpoints of managed identities are on the machine itself, with http.
 */
final class EndpointProxies extends ProxySelector {

  private final @Nullable Proxy proxy;

  EndpointProxies(@Nullable Proxy proxy) {
    this.proxy = proxy;
  }

  @Override
  public List<java.net.Proxy> select(URI uri) {
    if (proxy == null || !"https".equals(uri.getScheme()) || !proxy.isFor(uri.getHost())) {
      return List.of(java.net.Proxy.NO_PROXY);
    }
    InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    return List.of(new java.net.Proxy(java.net.Proxy.Type.HTTP, address));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // whoever asked is told so
  }
}
