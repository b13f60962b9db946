package dev.spillway.rehearsal;

import dev.spillway.control.EmulatorControl;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.rehearsal.backend.MemoryUpstream;
import dev.spillway.rehearsal.net.Address;
import dev.spillway.rehearsal.net.AnswerReader;
import dev.spillway.rehearsal.net.HttpRequest;
import dev.spillway.rehearsal.net.LateException;
import dev.spillway.rehearsal.net.MemoryConnection;
import dev.spillway.rehearsal.net.MemoryNetwork;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.Network;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.gateway.Callers;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.upstream.Tokens;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.scenarios.stage.CallerLeftException;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.PartException;
import dev.spillway.scenarios.stage.Reply;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.time.SimulatedTask;
import dev.spillway.time.Simulation;
import dev.spillway.time.SimulationException;
import dev.spillway.time.TimeSource;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Both programs as they are, on one clock over the time of a {@link Simulation}, with a network in
 * memory between them.
 */
final class RehearsalStage implements Stage {

  private static final long FOR_EVER = Long.MAX_VALUE;

  private final Simulation simulation;
  private final VirtualClock clock;
  private final MemoryNetwork network;
  private final Emulator emulator;
  private final FailoverRouter router;
  private final Address entrance;

  RehearsalStage(
      EmulatorConfig emulator, RouterConfig router, UnaryOperator<Upstream> backends, long seed) {
    this.simulation = new Simulation(seed);
    this.clock = VirtualClock.over(simulation.time());
    this.network = new MemoryNetwork(simulation, clock);
    this.emulator =
        Emulator.start(emulator.toBuilder().seed(seed).build(), clock, network::connector);
    this.network.leadElsewhere(Address.of(this.emulator.uri()));
    this.router = FailoverRouter.start(router, new Between(backends), clock);
    this.entrance = Address.of(this.router.uri());
  }

  /** The network, as the router sees it. */
  private final class Between implements Network {

    private final UnaryOperator<Upstream> backends;

    Between(UnaryOperator<Upstream> backends) {
      this.backends = backends;
    }

    @Override
    public Callers callers() {
      return new MemoryCallers(network, simulation);
    }

    @Override
    public Upstream upstream(RouterConfig config, Tokens tokens, TimeSource time) {
      return backends.apply(
          new MemoryUpstream(network, config.limits().maxBufferedResponse(), time));
    }

    @Override
    public RequestId.Source ids() {
      return new RequestId.Source("00000000");
    }
  }

  @Override
  public EmulatorControl emulator() {
    return emulator.control();
  }

  @Override
  public TimeSource time() {
    return clock;
  }

  @Override
  public void play(List<Part> parts) {
    AtomicReference<@Nullable PartException> failure = new AtomicReference<>();
    List<SimulatedTask> tasks = new ArrayList<>();
    for (Part part : parts) {
      tasks.add(
          simulation.spawn(
              part.name(),
              () -> {
                try {
                  part.body().run();
                } catch (Exception e) {
                  if (failure.compareAndSet(null, new PartException(part, e))) {
                    tasks.forEach(SimulatedTask::interrupt);
                  }
                }
              }));
    }
    try {
      simulation.run();
    } catch (SimulationException e) {
      throw new PartException(String.valueOf(e.getMessage()), e);
    }
    PartException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public Reply send(HttpCall call) throws IOException, InterruptedException {
    long until =
        call.leavesAfter() == null ? FOR_EVER : clock.nanoTime() + call.leavesAfter().toNanos();
    MemoryConnection connection = network.connect(entrance);
    AnswerReader answer = connection.send(request(call));
    try {
      answer.awaitHead(until);
    } catch (LateException e) {
      connection.close();
      throw new CallerLeftException();
    } catch (InterruptedException e) {
      connection.close();
      throw e;
    }
    return new MemoryReply(connection, answer, until);
  }

  private HttpRequest request(HttpCall call) {
    HttpFields.Mutable headers = HttpFields.build();
    headers.add(HttpHeader.HOST, entrance.toString());
    call.headers().forEach(header -> headers.add(header.name(), header.value()));
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0 || call.method().equals("POST")) {
      headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    return new HttpRequest(call.method(), call.path(), headers, body);
  }

  /** The oldest first. */
  @Override
  public List<String> traces() {
    return router.traces().reversed();
  }

  @Override
  public void close() {
    if (!simulation.hasFailed()) {
      network.close();
    }
    router.close();
    emulator.close();
    simulation.close();
  }
}
