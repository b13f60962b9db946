package dev.spillway.rehearsal.net;

import dev.spillway.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the server sees it. What it writes is written at once; what it is sent, a task of
 * its own serves.
 */
public final class MemoryEndPoint extends AbstractEndPoint {

  private final MemoryNetwork network;
  private final MemoryConnector connector;
  private final String name;
  private final int callersPort;
  private final OneWay in;
  private final OneWay out;
  private boolean left;
  private @Nullable Runnable whenLeft;

  MemoryEndPoint(
      MemoryNetwork network,
      MemoryConnector connector,
      TimeSource time,
      String name,
      int callersPort) {
    super(connector.getScheduler());
    this.network = network;
    this.connector = connector;
    this.name = name;
    this.callersPort = callersPort;
    this.in = new OneWay("a request to " + name, time);
    this.out = new OneWay("an answer of " + name, time);
  }

  /** What the server says. */
  OneWay answers() {
    return out;
  }

  /** By the caller. */
  void arrive(ByteBuffer bytes) {
    in.write(bytes);
    serve();
  }

  /** The caller closes the connection. */
  void leave() {
    if (!left) {
      left = true;
      in.end();
      Runnable listener = whenLeft;
      if (listener != null) {
        listener.run();
      }
      serve();
    }
  }

  /**
   * Says who is told when the caller leaves; at once when it has. Nobody else is told any more.
   *
   * @param listener null for nobody
   */
  public void whenLeft(@Nullable Runnable listener) {
    whenLeft = listener;
    if (left && listener != null) {
      listener.run();
    }
  }

  private void serve() {
    if (isFillInterested()) {
      network.serve(name, () -> getFillInterest().fillable());
    }
  }

  /** What has come already is served, too. */
  @Override
  protected void needsFillInterest() {
    if (in.isEnded() || !in.isEmpty()) {
      serve();
    }
  }

  @Override
  public int fill(ByteBuffer into) throws EofException {
    if (!isOpen()) {
      throw new EofException("closed");
    }
    ByteBuffer next = in.peek();
    if (next == null) {
      if (in.isEnded()) {
        shutdownInput();
        return -1;
      }
      return 0;
    }
    int position = BufferUtil.flipToFill(into);
    int count = BufferUtil.put(next, into);
    BufferUtil.flipToFlush(into, position);
    return count;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws EofException {
    if (left || !isOpen() || isOutputShutdown()) {
      throw new EofException("nobody is there");
    }
    for (ByteBuffer buffer : buffers) {
      out.write(ByteBuffer.wrap(BufferUtil.toArray(buffer)));
      BufferUtil.clear(buffer);
    }
    return true;
  }

  @Override
  protected void onIncompleteFlush() {
    throw new IllegalStateException("everything is written at once");
  }

  @Override
  protected void doShutdownOutput() {
    super.doShutdownOutput();
    out.end();
  }

  @Override
  protected void doClose() {
    super.doClose();
    out.end();
  }

  @Override
  public void onClose(@Nullable Throwable failure) {
    super.onClose(failure);
    Connection connection = getConnection();
    if (connection != null) {
      connection.onClose(failure);
    }
    connector.gone(this);
    network.gone(this);
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), callersPort);
  }

  @Override
  public Object getTransport() {
    return out;
  }
}
