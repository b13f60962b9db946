package dev.spillway.rehearsal;

import dev.spillway.rehearsal.net.AnswerReader;
import dev.spillway.rehearsal.net.LateException;
import dev.spillway.rehearsal.net.MemoryConnection;
import dev.spillway.scenarios.stage.CallerLeftException;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;

/** An answer of the router that its caller reads until its patience is over. */
final class MemoryReply extends InputStream implements Reply {

  private final MemoryConnection connection;
  private final AnswerReader answer;
  private final long until;

  /**
   * One whose head has come.
   *
   * @param until when the caller leaves
   */
  MemoryReply(MemoryConnection connection, AnswerReader answer, long until) {
    this.connection = connection;
    this.answer = answer;
    this.until = until;
  }

  @Override
  public int status() {
    return answer.status();
  }

  @Override
  public List<Header> headers() {
    return answer.headers().stream()
        .map(field -> new Header(field.getName(), String.valueOf(field.getValue())))
        .toList();
  }

  @Override
  public InputStream body() {
    return this;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return answer.read(into, offset, length, until);
    } catch (LateException e) {
      close();
      throw new CallerLeftException();
    } catch (InterruptedException e) {
      close();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
