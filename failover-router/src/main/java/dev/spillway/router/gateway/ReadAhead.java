package dev.spillway.router.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection, of which somebody else than the server may read ahead to find out whether
 * it has been closed at the other end.
 *
 * <p>What is read ahead (another request, or how TLS says goodbye) the server gets before anything
 * else when it reads again. TLS is on top of it, and never notices.
 */
final class ReadAhead extends SocketChannelEndPoint {

  /** How a connection looks. */
  enum Sight {
    OPEN,
    CLOSED,
    /** So much has been read ahead that nobody looks any further. */
    FULL
  }

  private static final int MOST_AHEAD = 16 * 1024;

  private final Executor executor;
  private @Nullable ByteBuffer ahead;

  ReadAhead(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler timer,
      Executor executor) {
    super(channel, selector, key, timer);
    this.executor = executor;
  }

  /** The connection below TLS, if there is TLS. */
  static @Nullable ReadAhead below(EndPoint endPoint) {
    EndPoint lowest = endPoint instanceof SslConnection.SslEndPoint tls ? tls.unwrap() : endPoint;
    return lowest instanceof ReadAhead it ? it : null;
  }

  /**
   * Reads what has come, without waiting.
   *
   * @param scratch of whoever looks; most connections say nothing, and need no buffer of their own
   */
  synchronized Sight look(ByteBuffer scratch) {
    try {
      while (room() > 0) {
        scratch.clear().limit(Math.min(room(), scratch.capacity()));
        int read = getChannel().read(scratch);
        if (read <= 0) {
          return read < 0 ? Sight.CLOSED : Sight.OPEN;
        }
        keep(scratch.flip());
      }
      return Sight.FULL;
    } catch (IOException e) {
      return Sight.CLOSED;
    }
  }

  private int room() {
    return MOST_AHEAD - (ahead == null ? 0 : ahead.position());
  }

  private void keep(ByteBuffer more) {
    ByteBuffer known = ahead == null ? ByteBuffer.allocate(0) : ahead.flip();
    ahead = ByteBuffer.allocate(known.remaining() + more.remaining()).put(known).put(more);
  }

  /** Nothing that came later goes before what has been read ahead. */
  @Override
  public synchronized int fill(ByteBuffer into) throws IOException {
    ByteBuffer known = ahead;
    if (known == null || known.position() == 0) {
      ahead = null;
      return super.fill(into);
    }
    known.flip();
    int position = BufferUtil.flipToFill(into);
    int count = BufferUtil.put(known, into);
    BufferUtil.flipToFlush(into, position);
    if (known.hasRemaining()) {
      known.compact();
    } else {
      ahead = null;
    }
    notIdle();
    return count;
  }

  /** What has been read ahead will not be announced by the selector. */
  @Override
  protected void needsFillInterest() {
    boolean waiting;
    synchronized (this) {
      waiting = ahead != null && ahead.position() > 0;
    }
    if (waiting) {
      executor.execute(getFillInterest()::fillable);
    } else {
      super.needsFillInterest();
    }
  }
}
