package dev.spillway.router.gateway;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

/** How callers come in, and who notices when one of them leaves while it is served. */
public interface Callers extends AutoCloseable {

  /** Those that come over sockets. */
  static Callers overSockets() {
    return new CallerWatch();
  }

  /** What they connect to, which is not open yet and has no address. */
  AbstractNetworkConnector connector(Server server, ConnectionFactory... protocols);

  /** Begins to watch. */
  default void start() {}

  /**
   * Watches a caller whose request has been read until what is returned is closed; interrupts the
   * current thread when it leaves before.
   */
  Served serve(EndPoint connection);

  @Override
  default void close() {}

  /** A caller that is served. Closing it ends the watch; by who serves. */
  interface Served extends AutoCloseable {

    /** Whether it has left before all was done. */
    boolean hasLeft();

    /** Whether nobody is served any more. */
    default boolean isStopped() {
      return false;
    }

    /** Breaks the connection off. */
    void breakOff();

    @Override
    void close();
  }
}
