package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.List;

/** Sends over HTTP, and keeps the connections. */
public final class JettyUpstream implements Upstream {

  private final HttpClients clients;
  private final Dispatch dispatch;
  private final int maxBuffered;
  private final TimeSource time;
  private final Deadlines deadlines;

  /**
   * Starts the client.
   *
   * @param tokens for the backends that want one
   * @param maxBuffered the longest unstreamed answer that is read before it is passed on
   */
  public JettyUpstream(
      Outbound outbound, Duration connectTimeout, Tokens tokens, int maxBuffered, TimeSource time) {
    this.clients = new HttpClients(outbound, connectTimeout);
    this.dispatch = new Dispatch(tokens, this::ask);
    this.maxBuffered = maxBuffered;
    this.time = time;
    this.deadlines = new Deadlines(clients.scheduler());
  }

  @Override
  public AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits)
      throws InterruptedException {
    return dispatch.send(backend, call, limits);
  }

  private AttemptResult ask(
      Backend backend,
      List<Header> own,
      CallPlan call,
      BackendRequest request,
      AttemptLimits limits)
      throws InterruptedException {
    return new Exchange(
            clients.of(backend.name()), own, call, request, limits, maxBuffered, deadlines)
        .run(time);
  }

  @Override
  public void close() {
    deadlines.destroy();
    clients.close();
  }
}
