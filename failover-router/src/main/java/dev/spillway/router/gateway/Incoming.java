package dev.spillway.router.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * A request wherever it comes from: over HTTP, or described by somebody who asks what would become
 * of it.
 *
 * @param path as it was sent, still escaped
 * @param query the same; null for none
 * @param length of the body; negative when it is not known before its end
 */
record Incoming(
    String method,
    String path,
    @Nullable String query,
    HttpFields headers,
    long length,
    Content content) {

  /** A body that has not been read. */
  interface Content {
    InputStream open() throws IOException;
  }

  static Incoming of(HttpServletRequest request) {
    return new Incoming(
        request.getMethod(),
        request.getRequestURI(),
        request.getQueryString(),
        ServletContextRequest.getServletContextRequest(request).getHeaders(),
        request.getContentLengthLong(),
        request::getInputStream);
  }

  static Incoming described(
      String method, String path, @Nullable String query, HttpFields headers, byte[] body) {
    return new Incoming(
        method, path, query, headers, body.length, () -> new ByteArrayInputStream(body));
  }

  /** The first value of a header. */
  @Nullable String header(String name) {
    return headers.get(name);
  }
}
