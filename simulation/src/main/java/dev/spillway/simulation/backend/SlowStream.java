package dev.spillway.simulation.backend;

import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose pieces come one after the other in a time of their own, and that ends as it is
 * told. Gives up by itself when the router's limits are over.
 */
final class SlowStream extends InputStream {

  /** How it ends after its last piece. */
  enum End {
    PROPER,
    RESET,
    SILENCE
  }

  private final TimeSource time;
  private final List<String> pieces;
  private final Duration perPiece;
  private final End end;
  private final AttemptLimits limits;
  private final long firstContentBy;
  private final long wholeBy;
  private final Consumer<Integer> whenLeft;
  private int next;
  private int offset;
  private byte @Nullable [] current;
  private boolean speaks;
  private boolean passedOn;
  private boolean expired;
  private boolean left;

  /**
   * A stream.
   *
   * @param whenLeft told once how many pieces were read, when it is at its end or closed
   */
  SlowStream(
      TimeSource time,
      List<String> pieces,
      Duration perPiece,
      End end,
      AttemptLimits limits,
      long askedAt,
      Consumer<Integer> whenLeft) {
    this.time = time;
    this.pieces = pieces;
    this.perPiece = perPiece;
    this.end = end;
    this.limits = limits;
    this.firstContentBy = askedAt + limits.firstContent().toNanos();
    this.wholeBy = askedAt + limits.whole().toNanos();
    this.whenLeft = whenLeft;
  }

  void speaks() {
    speaks = true;
  }

  /** What was held back of it is the caller's. */
  void passedOn() {
    passedOn = true;
  }

  boolean isExpired() {
    return expired;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    byte[] piece = current;
    if (piece == null) {
      piece = awaitPiece();
      if (piece == null) {
        leave();
        return -1;
      }
    }
    int count = Math.min(length, piece.length - offset);
    System.arraycopy(piece, offset, buffer, from, count);
    offset += count;
    current = offset == piece.length ? null : piece;
    return count;
  }

  private byte @Nullable [] awaitPiece() throws IOException {
    if (next == pieces.size()) {
      return awaitEnd();
    }
    pause(perPiece);
    offset = 0;
    return pieces.get(next++).getBytes(StandardCharsets.UTF_8);
  }

  private byte @Nullable [] awaitEnd() throws IOException {
    switch (end) {
      case PROPER -> {
        return null;
      }
      case RESET -> throw broken("connection reset");
      case SILENCE -> pause(Duration.ofDays(2));
    }
    return null;
  }

  private void pause(Duration pause) throws IOException {
    if (left) {
      throw new IOException("closed");
    }
    long now = time.nanoTime();
    long silentBy = speaks ? now + limits.betweenChunks().toNanos() : firstContentBy;
    long by = passedOn ? silentBy : Math.min(silentBy, wholeBy);
    boolean late = now + pause.toNanos() - by >= 0;
    try {
      time.sleepUntil(late ? by : now + pause.toNanos());
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    if (late) {
      expired = true;
      throw broken("no answer in time");
    }
  }

  private IOException broken(String why) {
    leave();
    return new IOException(why);
  }

  private void leave() {
    if (!left) {
      left = true;
      whenLeft.accept(next);
    }
  }

  @Override
  public void close() {
    leave();
  }
}
