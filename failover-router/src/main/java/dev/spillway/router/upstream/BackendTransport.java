package dev.spillway.router.upstream;

import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * HTTP/1.1 to backends. What listens to it never blocks, so its selector calls it without another
 * thread.
 */
class BackendTransport extends HttpClientTransportOverHTTP {

  BackendTransport(ClientConnector connector) {
    super(connector);
    setHeaderCacheSize(0); // it would take 27 KB of each connection
    setInvocationType(Invocable.InvocationType.NON_BLOCKING);
  }

  @Override
  public Destination newDestination(Origin origin) {
    return new Backend(getHttpClient(), origin);
  }

  /**
   * One connection that does not come about fails one request. Jetty fails all that wait for a
   * connection then, so a single lost packet in a burst would fail the requests of all callers.
   */
  private static final class Backend extends HttpDestination {

    Backend(HttpClient client, Origin origin) {
      super(client, origin);
    }

    @Override
    public void failed(Throwable why) {
      int waiting = getQueuedRequestCount();
      int connecting = ((AbstractConnectionPool) getConnectionPool()).getPendingConnectionCount();
      if (waiting > connecting) {
        failFirst(why);
      }
      succeeded(); // connects once more, should somebody wait for whom no connection is on its way
    }

    private void failFirst(Throwable why) {
      HttpExchange first = getHttpExchanges().peek();
      if (first != null) {
        var unused = first.getRequest().abort(why); // which takes it out of the queue
      }
    }
  }
}
