package dev.spillway.rehearsal.backend;

import dev.spillway.rehearsal.net.Address;
import dev.spillway.rehearsal.net.MemoryConnection;
import dev.spillway.rehearsal.net.MemoryNetwork;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import dev.spillway.router.upstream.BackendRequest;
import dev.spillway.router.upstream.Dispatch;
import dev.spillway.router.upstream.Tokens;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks backends over a network in memory, as {@code JettyUpstream} does over sockets: the same
 * request, the same patience, the same judge of answers, and connections that are kept.
 */
public final class MemoryUpstream implements Upstream {

  /** The emulator's server closes a connection that has been idle for so long. */
  private static final Duration KEPT_IDLE = Duration.ofSeconds(30);

  /** A connection that nobody uses. */
  private record Kept(MemoryConnection connection, long since) {}

  private final Dispatch dispatch = new Dispatch(Tokens.NONE, this::ask);
  private final MemoryNetwork network;
  private final int maxBuffered;
  private final TimeSource time;
  private final Map<Address, Deque<Kept>> kept = new LinkedHashMap<>();

  /**
   * One that has no connections yet.
   *
   * @param maxBuffered the longest unstreamed answer that is read before it is passed on
   */
  public MemoryUpstream(MemoryNetwork network, int maxBuffered, TimeSource time) {
    this.network = network;
    this.maxBuffered = maxBuffered;
    this.time = time;
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
    Address to = Address.of(request.uri());
    MemoryConnection connection;
    try {
      connection = connection(to);
    } catch (ConnectException e) {
      return new Unreachable(e.getClass().getSimpleName());
    }
    return new Attempt(connection, call, limits, maxBuffered, time, () -> keep(to, connection))
        .result(OutgoingRequest.of(call, request, own));
  }

  private MemoryConnection connection(Address to) throws ConnectException {
    Deque<Kept> idle = kept.getOrDefault(to, new ArrayDeque<>());
    while (!idle.isEmpty()) {
      Kept last = idle.removeLast();
      if (last.connection().isOpen() && time.nanoTime() - last.since() < KEPT_IDLE.toNanos()) {
        return last.connection();
      }
      last.connection().close();
    }
    return network.connect(to);
  }

  private void keep(Address to, MemoryConnection connection) {
    kept.computeIfAbsent(to, any -> new ArrayDeque<>())
        .addLast(new Kept(connection, time.nanoTime()));
  }
}
