package dev.spillway.simulation;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.attempt.Ending;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.auth.Caller;
import dev.spillway.router.plan.ChatCall;
import dev.spillway.router.plan.Header;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestId;
import dev.spillway.simulation.backend.Quotas;
import dev.spillway.simulation.backend.SimulatedUpstream;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.RouterYaml;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.World.CallerSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.RequestSpec;
import dev.spillway.simulation.world.World.RouterLimits;
import dev.spillway.time.Gate;
import dev.spillway.time.SimulatedTask;
import dev.spillway.time.Simulation;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.RetryAfter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets one world happen, and writes its story down. */
public final class SeedRun {

  /** After so long nothing of a bench, a quarantine or a window is left. */
  private static final Duration HEALING = Duration.ofMinutes(10);

  private static final int AFTERWARDS = 3;

  private final World world;
  private final Simulation simulation;
  private final TimeSource time;
  private final Story story;
  private final Quotas quotas;
  private final RouterUnderTest router;
  private final Gate allServed;
  private int callersLeft;

  private SeedRun(World world, RouterUnderTest.Maker maker) {
    this.world = world;
    this.simulation = new Simulation(world.seed());
    this.time = simulation.time();
    this.story = new Story(world);
    this.quotas = new Quotas(world, time);
    RouterConfig config = RouterConfig.parse("router.yaml", RouterYaml.of(world), name -> null);
    TimeSource routersTime =
        world.raceShare() == 0 ? time : simulation.racingTime(world.raceShare());
    this.router =
        maker.make(config, new SimulatedUpstream(world, story, quotas, time), routersTime);
    this.allServed = simulation.gate("the last caller");
    this.callersLeft = world.callers().size();
  }

  /**
   * Runs a world to its end.
   *
   * @throws dev.spillway.time.SimulationException when it does not come to its end
   */
  public static Story of(World world, RouterUnderTest.Maker maker) {
    return new SeedRun(world, maker).run();
  }

  private Story run() {
    for (CallerSpec caller : world.callers()) {
      simulation.spawn(caller.name(), () -> call(caller));
    }
    world
        .capacityChanges()
        .forEach(change ->
            at(
                change.at(),
                "capacity of " + change.changed().name(),
                () -> quotas.follow(change.changed())));
    world
        .clockChanges()
        .forEach(
            change -> at(change.at(), "wall clock", () -> simulation.moveWallClock(change.by())));
    simulation.spawn("afterwards", this::afterwards);
    simulation.run();
    story.unsettled = quotas.unsettled();
    story.endedAt = time.nanoTime();
    world
        .backends()
        .forEach(backend -> {
          story.standings.put(backend.name(), router.standing(backend.name()));
          story.inFlight.put(backend.name(), router.inFlight(backend.name()));
        });
    return story;
  }

  private void at(long moment, String what, Runnable change) {
    simulation.spawn(
        what,
        () -> {
          time.sleepUntil(moment);
          change.run();
        });
  }

  private void call(CallerSpec caller) throws InterruptedException {
    for (RequestSpec spec : caller.requests()) {
      time.sleep(spec.after());
      Request request = send(caller.name(), spec, null, false);
      Duration wait = request.retryAfter;
      if (wait != null && spec.patient()) {
        time.sleep(Duration.ofMillis(RetryAfter.millis(wait)));
        Request unused = send(caller.name(), spec, request, false);
      }
    }
    callersLeft--;
    if (callersLeft == 0) {
      allServed.open();
    }
  }

  /** When all faults are over and everything has had the time to heal, all must be well. */
  private void afterwards() throws InterruptedException {
    allServed.pass();
    long faultsEnd = world.faults().stream().mapToLong(World.Fault::to).max().orElse(0);
    long changesEnd =
        world.capacityChanges().stream().mapToLong(World.CapacityChange::at).max().orElse(0);
    time.sleepUntil(Math.max(faultsEnd, changesEnd));
    for (int i = 0; i < AFTERWARDS; i++) {
      for (PoolSpec pool : world.pools()) {
        time.sleep(HEALING);
        Request unused = send("afterwards", small(pool, i % 2 == 0), null, true);
      }
    }
  }

  private static RequestSpec small(PoolSpec pool, boolean stream) {
    return new RequestSpec(
        Duration.ZERO,
        pool.name(),
        4,
        1,
        stream,
        2,
        StreamHold.DEFAULT,
        false,
        false,
        null,
        null,
        null);
  }

  private Request send(
      String caller, RequestSpec spec, @Nullable Request repeats, boolean afterwards)
      throws InterruptedException {
    int number = story.requests().size();
    byte[] body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":%d,\"stream\":%b,\"user\":\"%d\"}"
            .formatted("p".repeat(spec.promptCharacters()), spec.maxTokens(), spec.stream(), number)
            .getBytes(StandardCharsets.UTF_8);
    Request request = new Request(number, caller, spec, time.nanoTime(), body, repeats, afterwards);
    story.add(request);
    ChatCall call =
        new ChatCall(
            new RequestId(number, "#" + number),
            Caller.of(caller),
            spec.pool(),
            List.of(new Header(SimulatedUpstream.REQUEST, Integer.toString(number))),
            body,
            spec.affinity(),
            spec.deadline(),
            terms(spec));
    SimulatedTask me = simulation.current();
    watch(request, me);
    try {
      router.serve(call.plan(), new LoggingClient(request, time));
    } catch (InterruptedException e) {
      if (!request.left) {
        throw e;
      }
    } finally {
      request.done = true;
      request.doneAt = time.nanoTime();
      me.clearInterrupt();
    }
    return request;
  }

  private Terms terms(RequestSpec spec) {
    RouterLimits limits = world.limits();
    return new Terms(
        spec.hold(),
        limits.timeout(),
        limits.maxAttempts(),
        limits.maxWait(),
        limits.retryAmbiguous());
  }

  private void watch(Request request, SimulatedTask worker) {
    Duration leavesAfter = request.spec.leavesAfter();
    if (leavesAfter != null) {
      simulation.spawn(
          "leaving of #" + request.number,
          () -> {
            time.sleep(leavesAfter);
            if (!request.done) {
              request.left = true;
              request.leftAt = time.nanoTime();
              worker.interrupt();
            }
          });
    }
  }

  /** Writes down what it gets. */
  private record LoggingClient(Request request, TimeSource time) implements RouterUnderTest.Client {

    @Override
    public void answered(Reply reply) {
      request.answers++;
      request.answeredAt = time.nanoTime();
      request.status = reply.ending().status();
      request.steps = reply.trace().steps();
      switch (reply.ending()) {
        case Ending.Passed passed -> {
          request.backend = passed.backend().name();
          byte[] whole = passed.answer().bytes();
          request.received.append(new String(whole, StandardCharsets.UTF_8));
        }
        case Ending.Throttled throttled -> request.retryAfter = throttled.retryAfter();
        case Ending.OverQuota over -> {} // no caller has a quota here
        case Ending.Failed failed -> {}
      }
    }

    @Override
    public void delivered(Delivery delivery) {
      request.delivery = delivery;
    }

    @Override
    public void take(byte[] bytes, int length) throws IOException {
      if (request.left) {
        throw new IOException("nobody is there");
      }
      request.received.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    @Override
    public boolean hasLeft() {
      return request.left;
    }

    @Override
    public void breakOff() {
      request.brokenOff = true;
    }
  }
}
