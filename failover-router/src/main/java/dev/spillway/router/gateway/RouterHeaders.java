package dev.spillway.router.gateway;

import java.util.regex.Pattern;

/** The headers that say what the router did. */
final class RouterHeaders {

  static final String PREFIX = "x-router-";
  static final String REQUEST_ID = "x-router-request-id";
  static final String BACKEND = "x-router-backend";
  static final String ATTEMPTS = "x-router-attempts";
  static final String ROUTE = "x-router-route";
  static final String TRACE = "x-router-trace";

  /** Set to {@code router} on an answer that no backend gave. */
  static final String ORIGIN = "x-router-origin";

  private static final Pattern NOT_PLAIN = Pattern.compile("[^ -~]");

  private RouterHeaders() {}

  /** A text as it may stand in a header: the configuration's own words may hold anything. */
  static String plain(String text) {
    return NOT_PLAIN.matcher(text).replaceAll("?");
  }
}
