package dev.spillway.rehearsal.net;

import java.net.URI;
import java.util.Set;

/** A host and a port of it, where all names of this machine are one. */
public record Address(String host, int port) {

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "0.0.0.0", "::1", "::");

  public Address {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    host = HERE.contains(bare) ? "127.0.0.1" : bare;
  }

  /** Where an address of the web leads. */
  public static Address of(URI uri) {
    int implied = "https".equals(uri.getScheme()) ? 443 : 80;
    return new Address(String.valueOf(uri.getHost()), uri.getPort() < 0 ? implied : uri.getPort());
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
