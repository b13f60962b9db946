package dev.spillway.router.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the router listens.
 *
 * @param port 0 picks a free one
 */
public record Listen(String host, int port) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads {@code 127.0.0.1:8081} or {@code [::1]:8081}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Listen parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("not host:port: " + text);
    }
    String host = text.substring(0, colon);
    int port = Integer.parseInt(text.substring(colon + 1));
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (port < 0 || port > HIGHEST_PORT || (host.contains(":") && !bracketed)) {
      throw new IllegalArgumentException("not host:port: " + text);
    }
    return new Listen(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  /** Whether only this machine can connect. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The same host with the port that was picked. */
  public Listen withPort(int picked) {
    return new Listen(host, picked);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
