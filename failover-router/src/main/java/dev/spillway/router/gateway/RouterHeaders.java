package dev.spillway.router.gateway;

/** The headers that say what the router did. */
final class RouterHeaders {

  static final String PREFIX = "x-router-";
  static final String REQUEST_ID = "x-router-request-id";
  static final String BACKEND = "x-router-backend";
  static final String ATTEMPTS = "x-router-attempts";
  static final String TRACE = "x-router-trace";

  /** Set to {@code router} on an answer that no backend gave. */
  static final String ORIGIN = "x-router-origin";

  private RouterHeaders() {}
}
