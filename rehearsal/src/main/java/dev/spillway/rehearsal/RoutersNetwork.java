package dev.spillway.rehearsal;

import dev.spillway.rehearsal.backend.MemoryUpstream;
import dev.spillway.rehearsal.net.MemoryNetwork;
import dev.spillway.router.Network;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.gateway.Callers;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.upstream.Tokens;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.Simulation;
import dev.spillway.time.TimeSource;
import java.util.function.UnaryOperator;

/**
 * The network as the router sees it.
 *
 * @param backends what is put before the way to backends
 */
record RoutersNetwork(
    MemoryNetwork network, Simulation simulation, UnaryOperator<Upstream> backends)
    implements Network {

  private static final String ALIKE_IN_EVERY_RUN = "00000000";

  @Override
  public Callers callers() {
    return new MemoryCallers(network, simulation);
  }

  @Override
  public Upstream upstream(RouterConfig config, Tokens tokens, TimeSource time) {
    return backends.apply(new MemoryUpstream(network, config.limits().maxBufferedResponse(), time));
  }

  @Override
  public RequestId.Source ids() {
    return new RequestId.Source(ALIKE_IN_EVERY_RUN);
  }
}
