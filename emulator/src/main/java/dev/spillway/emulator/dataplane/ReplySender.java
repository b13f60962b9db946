package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.upstream.UpstreamAnswer;
import dev.spillway.time.TimeSource;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Puts replies on the wire exactly as they say: nothing is added but the date of our own clock. */
final class ReplySender {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final TimeSource time;

  ReplySender(TimeSource time) {
    this.time = time;
  }

  void send(Context ctx, Reply reply) throws IOException {
    OutputStream out = begin(ctx, reply, reply.body().length);
    out.write(reply.body());
    out.close();
  }

  /**
   * Sends status and headers with the first bytes that are flushed, and hands out the body.
   *
   * @param length what its Content-Length tells, where it has one
   */
  OutputStream begin(Context ctx, Reply reply, int length) throws IOException {
    String phrase = reply.reasonPhrase();
    if (phrase != null) {
      useReasonPhrase(ctx, phrase);
    }
    HttpServletResponse response = head(ctx, reply.status(), reply.headers(), reply.contentType());
    OutputStream out = response.getOutputStream();
    if (reply.chunked()) {
      chunked(response);
      response.flushBuffer();
    } else {
      response.setContentLength(length);
    }
    return out;
  }

  /** Sends status and headers with the first bytes that are flushed, and hands out the body. */
  OutputStream open(Context ctx, HeaderList headers, String contentType) throws IOException {
    return open(ctx, 200, headers, contentType);
  }

  OutputStream open(Context ctx, int status, HeaderList headers, @Nullable String contentType)
      throws IOException {
    return chunked(head(ctx, status, headers, contentType)).getOutputStream();
  }

  /** Sends status and headers as another endpoint did, and hands out the body. */
  OutputStream forward(Context ctx, UpstreamAnswer answer) throws IOException {
    HttpServletResponse response = ctx.res();
    response.setStatus(answer.status());
    response.setHeader("Content-Type", null); // there is one before anybody has said so
    answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
    boolean empty = answer.status() == 204 || answer.status() == 304;
    if (!empty && !response.containsHeader("Content-Length")) {
      chunked(response);
    }
    return response.getOutputStream();
  }

  /**
   * Also where the caller closes the connection after it, so that it can tell an end from a cut.
   */
  private static HttpServletResponse chunked(HttpServletResponse response) {
    response.setHeader("Transfer-Encoding", "chunked");
    return response;
  }

  private HttpServletResponse head(
      Context ctx, int status, HeaderList headers, @Nullable String contentType) {
    HttpServletResponse response = ctx.res();
    response.setStatus(status);
    response.setHeader("Date", HTTP_DATE.format(time.instant()));
    response.setHeader("Content-Type", contentType);
    headers.forEach(response::setHeader);
    return response;
  }

  private static void useReasonPhrase(Context ctx, String phrase) {
    ServletContextRequest.getServletContextRequest(ctx.req())
        .addHttpStreamWrapper(stream -> new ReasonPhrase(stream, phrase));
  }

  /** Writes another reason phrase than the status' usual one. */
  private static final class ReasonPhrase extends HttpStream.Wrapper {
    private final String phrase;

    ReasonPhrase(HttpStream wrapped, String phrase) {
      super(wrapped);
      this.phrase = phrase;
    }

    @Override
    public void send(
        MetaData.Request request,
        MetaData.@Nullable Response response,
        boolean last,
        @Nullable ByteBuffer content,
        Callback callback) {
      MetaData.Response named =
          response == null
              ? null
              : new MetaData.Response(
                  response.getStatus(),
                  phrase,
                  response.getHttpVersion(),
                  response.getHttpFields(),
                  response.getContentLength(),
                  response.getTrailersSupplier());
      super.send(request, named, last, content, callback);
    }
  }
}
