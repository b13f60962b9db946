package dev.spillway.rehearsal.backend;

import dev.spillway.rehearsal.net.AnswerReader;
import java.io.IOException;
import java.io.InputStream;

/** A body that is read while it arrives. Closing it before its end leaves the backend. */
final class ArrivingBody extends InputStream {

  private final AnswerReader answer;
  private final Attempt attempt;
  private boolean over;

  ArrivingBody(AnswerReader answer, Attempt attempt) {
    this.answer = answer;
    this.attempt = attempt;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (over) {
      return -1;
    }
    int read = attempt.read(answer, into, offset, length);
    if (read < 0) {
      over = true;
      attempt.over(answer);
    }
    return read;
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      attempt.leave();
    }
  }
}
