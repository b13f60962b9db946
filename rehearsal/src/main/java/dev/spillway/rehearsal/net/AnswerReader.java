package dev.spillway.rehearsal.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads one answer as it comes, and tells its end from a cut. */
public final class AnswerReader {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final OneWay from;
  private final Parts parts = new Parts();
  private final HttpParser parser = new HttpParser(parts);

  AnswerReader(OneWay from, String method) {
    this.from = from;
    parser.setHeadResponse(HttpMethod.HEAD.is(method));
  }

  /**
   * Waits for status and headers.
   *
   * @throws LateException when they are not there by then
   * @throws GarbledException when they are none
   * @throws EOFException when the connection ends before
   */
  public void awaitHead(long by) throws IOException, InterruptedException {
    while (!parts.headed) {
      parse(by);
    }
  }

  public int status() {
    return parts.status;
  }

  public HttpFields headers() {
    return parts.headers;
  }

  /** Whether the connection is of no use after it. */
  public boolean endsItsConnection() {
    return parts.headers.contains("Connection", "close");
  }

  /**
   * Waits for some of the body; -1 at its end.
   *
   * @throws LateException when nothing has come by then
   * @throws GarbledException when it is not framed as it should be
   * @throws EOFException when the connection ends before the body does
   */
  public int read(byte[] into, int offset, int length, long by)
      throws IOException, InterruptedException {
    while (!parts.content.hasRemaining() && !parts.complete) {
      parse(by);
    }
    if (!parts.content.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, parts.content.remaining());
    parts.content.get(into, offset, count);
    return count;
  }

  private void parse(long by) throws IOException, InterruptedException {
    ByteBuffer next = from.peek();
    if (next == null && feed(NOTHING.slice())) { // the end of a body may be known without a byte
      return;
    }
    if (next == null) {
      from.await(by);
      next = from.peek();
    }
    if (next == null) {
      parser.atEOF();
    }
    boolean unused = feed(next == null ? NOTHING.slice() : next);
  }

  private boolean feed(ByteBuffer bytes) throws IOException {
    boolean found = parser.parseNext(bytes);
    HttpException bad = parts.bad;
    if (bad != null) {
      throw new GarbledException(bad.getReason());
    }
    if (parts.cut) {
      throw new EOFException();
    }
    return found;
  }

  /** What the parser has found. */
  private static final class Parts implements HttpParser.ResponseHandler {

    private int status;
    private final HttpFields.Mutable headers = HttpFields.build();
    private boolean headed;
    private ByteBuffer content = NOTHING;
    private boolean complete;
    private boolean cut;
    private @Nullable HttpException bad;

    @Override
    public void startResponse(HttpVersion version, int code, String reason) {
      status = code;
    }

    @Override
    public void parsedHeader(HttpField field) {
      headers.add(field);
    }

    @Override
    public boolean headerComplete() {
      headed = true;
      return true;
    }

    @Override
    public boolean content(ByteBuffer more) {
      content = more;
      return true;
    }

    @Override
    public boolean contentComplete() {
      return false;
    }

    @Override
    public boolean messageComplete() {
      complete = true;
      return true;
    }

    @Override
    public void earlyEOF() {
      cut = true;
    }

    @Override
    public void badMessage(HttpException failure) {
      bad = failure;
    }
  }
}
