package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.upstream.UpstreamHeader;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** All headers of a request. */
final class RequestHeaders {

  private RequestHeaders() {}

  static List<UpstreamHeader> of(Context ctx) {
    return Collections.list(ctx.req().getHeaderNames()).stream()
        .flatMap(name ->
            Collections.list(ctx.req().getHeaders(name)).stream()
                .map(value -> new UpstreamHeader(name, value)))
        .toList();
  }
}
