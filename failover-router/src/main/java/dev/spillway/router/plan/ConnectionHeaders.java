package dev.spillway.router.plan;

import java.util.Locale;
import java.util.Set;

/**
 * Headers that concern one connection, or that the router sets itself: they are never passed on.
 */
public final class ConnectionHeaders {

  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private ConnectionHeaders() {}

  public static boolean contains(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a {@code Connection} header lists the name as one of this connection only. */
  public static boolean isListed(String connection, String name) {
    for (String listed : connection.split(",", -1)) {
      if (listed.strip().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
