package dev.spillway.yaml;

import java.net.URI;
import java.util.Set;

/**
 * Where a Redis is: {@code redis://[[user]:password@]host[:port][/db]}, or {@code rediss://} for
 * TLS. As a text it never shows who asks.
 *
 * @param uri with the password
 */
public record RedisAddress(URI uri) {

  /** What an address looks like. */
  public static final String FORM =
      "redis://host:port/db, or rediss:// for TLS, with :password@ before the host where there is"
          + " one";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException without the address in its message, since that may hold a
   *     password
   */
  public static RedisAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    boolean usable =
        uri.getScheme() != null
            && Set.of("redis", "rediss").contains(uri.getScheme())
            && uri.getHost() != null
            && uri.getQuery() == null
            && uri.getFragment() == null
            && (uri.getPath().isEmpty() || uri.getPath().matches("/\\d{0,4}"));
    if (!usable) {
      throw refused();
    }
    return new RedisAddress(uri);
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("a Redis is named as " + FORM);
  }

  /** Without user and password. */
  @Override
  public String toString() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }
}
