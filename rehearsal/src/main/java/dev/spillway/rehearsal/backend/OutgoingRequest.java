package dev.spillway.rehearsal.backend;

import dev.spillway.rehearsal.net.HttpRequest;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.BackendRequest;
import dev.spillway.router.upstream.OutgoingHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Writes an attempt's request as the HTTP client would. */
final class OutgoingRequest {

  private OutgoingRequest() {}

  static HttpRequest of(CallPlan call, BackendRequest request, List<Header> own) {
    URI uri = request.uri();
    HttpFields.Mutable headers = HttpFields.build();
    headers.add(HttpHeader.HOST, uri.getRawAuthority());
    OutgoingHeaders.add(headers, call, own);
    byte[] body = bytes(request);
    if (body.length > 0 || call.method().equals("POST")) {
      if (!headers.contains(HttpHeader.CONTENT_TYPE)) {
        headers.add(HttpHeader.CONTENT_TYPE, "application/json");
      }
      headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    return new HttpRequest(call.method(), target(uri), headers, body);
  }

  private static String target(URI uri) {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static byte[] bytes(BackendRequest request) {
    try (InputStream all = request.body().open()) {
      return all.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
