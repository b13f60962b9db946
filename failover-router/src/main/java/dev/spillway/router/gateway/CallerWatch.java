package dev.spillway.router.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices callers who leave while they are served, and interrupts the thread that works for them.
 *
 * <p>The server reads nothing from a connection whose request it serves, so it would find out at
 * its next write only, which may be minutes away. So the watch reads ahead, with TLS and without,
 * until it comes upon the end of what the caller has sent. Who sends very much more instead is left
 * alone.
 */
final class CallerWatch implements Callers {

  /** Calls that are over before this cost nothing but an entry in a set. */
  private static final long TICK_MILLIS = 15;

  private static final Logger LOG = LoggerFactory.getLogger(CallerWatch.class);
  private static final int SCRATCH_BYTES = 16 * 1024;

  private final Selector selector;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES); // of the one thread
  private final Set<Watched> serving = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  CallerWatch() {
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public AbstractNetworkConnector connector(Server server, ConnectionFactory... protocols) {
    return new ReadAheadConnector(server, protocols);
  }

  @Override
  public void start() {
    Thread thread = new Thread(this::watch, "router-callers");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Served serve(EndPoint endPoint) {
    Watched served = new Watched(endPoint, Thread.currentThread());
    if (served.connection != null) {
      serving.add(served);
    }
    return served;
  }

  private void watch() {
    try {
      while (!closed) {
        tick();
      }
    } catch (IOException e) {
      LOG.error("nobody notices any more when a caller leaves", e);
    }
  }

  /** Keys that were given back are gone after the selection, so that they can be taken again. */
  private void tick() throws IOException {
    int unused = selector.select(this::look, TICK_MILLIS);
    for (Watched served : serving) {
      tried(served, () -> served.watchWith(selector));
    }
  }

  private void look(SelectionKey key) {
    if (key.attachment() instanceof Watched served) {
      tried(served, () -> served.look(scratch));
    }
    key.cancel();
  }

  /** Whatever is wrong with one connection is no reason not to watch the others. */
  private void tried(Watched served, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warn("a caller is not watched any more", e);
      serving.remove(served);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  /** A call and who works for it. */
  private final class Watched implements Served {

    private final EndPoint endPoint;
    private final @Nullable ReadAhead connection;
    private final Thread worker;
    private boolean seenBefore;
    private boolean watched;
    private boolean over;
    private boolean left;

    Watched(EndPoint endPoint, Thread worker) {
      this.endPoint = endPoint;
      this.connection = ReadAhead.below(endPoint);
      this.worker = worker;
    }

    private synchronized void watchWith(Selector with) {
      if (!seenBefore) {
        seenBefore = true;
      } else if (!over && !watched && connection != null) {
        try {
          SelectionKey unused = connection.getChannel().register(with, SelectionKey.OP_READ, this);
          watched = true;
        } catch (ClosedChannelException e) {
          leave();
        } catch (CancelledKeyException e) {
          // the connection's last request has just been given up: at the next tick
        }
      }
    }

    /** Once over, the connection is the server's alone again. */
    private synchronized void look(ByteBuffer scratch) {
      if (connection == null || over) {
        return;
      }
      switch (connection.look(scratch)) {
        case CLOSED -> leave();
        case OPEN -> watched = false; // what has come was no end; at the next tick
        case FULL -> {}
      }
    }

    private synchronized void leave() {
      if (!over && !left) {
        left = true;
        worker.interrupt();
      }
    }

    @Override
    public synchronized boolean hasLeft() {
      return left;
    }

    @Override
    public boolean isStopped() {
      return closed;
    }

    @Override
    public void breakOff() {
      endPoint.close();
    }

    @Override
    public void close() {
      serving.remove(this);
      synchronized (this) {
        over = true;
        SelectionKey key =
            connection == null || !watched ? null : connection.getChannel().keyFor(selector);
        if (key != null) {
          key.cancel();
        }
        if (left) {
          boolean unused = Thread.interrupted();
        }
      }
    }
  }
}
