package dev.spillway.rehearsal;

import dev.spillway.control.EmulatorControl;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.rehearsal.net.Address;
import dev.spillway.rehearsal.net.AnswerReader;
import dev.spillway.rehearsal.net.HttpRequest;
import dev.spillway.rehearsal.net.LateException;
import dev.spillway.rehearsal.net.MemoryConnection;
import dev.spillway.rehearsal.net.MemoryNetwork;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.scenarios.stage.CallerLeftException;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.Reply;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.time.Simulation;
import dev.spillway.time.TimeSource;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

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

  private RehearsalStage(
      Simulation simulation,
      VirtualClock clock,
      MemoryNetwork network,
      Emulator emulator,
      FailoverRouter router) {
    this.simulation = simulation;
    this.clock = clock;
    this.network = network;
    this.emulator = emulator;
    this.router = router;
    this.entrance = Address.of(router.uri());
  }

  /**
   * One that nothing has happened on.
   *
   * @param backends what is put before the router's way to its backends
   * @throws RuntimeException when one of the programs does not start
   */
  static RehearsalStage of(
      EmulatorConfig emulated,
      RouterConfig routed,
      UnaryOperator<Upstream> backends,
      Simulation simulation) {
    VirtualClock clock = VirtualClock.over(simulation.time());
    MemoryNetwork network = new MemoryNetwork(simulation, clock);
    Emulator emulator = Emulator.start(emulated, clock, network::connector);
    try {
      network.leadElsewhere(Address.of(emulator.uri()));
      FailoverRouter router =
          FailoverRouter.start(routed, new RoutersNetwork(network, simulation, backends), clock);
      return new RehearsalStage(simulation, clock, network, emulator, router);
    } catch (RuntimeException e) {
      emulator.close();
      simulation.close();
      throw e;
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
    Play play = new Play(simulation);
    parts.forEach(play::add);
    play.run();
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

  /** What is still under way comes to its end first, however long that takes in its time. */
  @Override
  public void close() {
    try {
      if (!simulation.hasFailed()) {
        clock.resume();
        network.close();
      }
    } finally {
      router.close();
      emulator.close();
      simulation.close();
    }
  }
}
