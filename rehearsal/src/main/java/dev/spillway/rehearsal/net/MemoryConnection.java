package dev.spillway.rehearsal.net;

import java.nio.ByteBuffer;

/** A connection as whoever made it sees it; for one request after the other. */
public final class MemoryConnection implements AutoCloseable {

  private final MemoryEndPoint far;
  private int answered;

  MemoryConnection(MemoryEndPoint far) {
    this.far = far;
  }

  /** Sends a whole request. */
  public AnswerReader send(HttpRequest request) {
    far.arrive(ByteBuffer.wrap(request.toBytes()));
    return new AnswerReader(far.answers(), request.method());
  }

  /** An answer has been read to its end. */
  public void answered() {
    answered++;
  }

  /** Whether it has been used before. */
  public boolean isKept() {
    return answered > 0;
  }

  /** Whether the other end has not closed it. */
  public boolean isOpen() {
    return !far.answers().isEnded();
  }

  /** Leaves; the other end notices. */
  @Override
  public void close() {
    far.leave();
  }
}
