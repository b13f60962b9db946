package dev.spillway.simulation;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.attempt.Ending;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Client;
import dev.spillway.router.plan.ChatCall;
import dev.spillway.router.plan.Header;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestId;
import dev.spillway.simulation.backend.Quotas;
import dev.spillway.simulation.backend.SimulatedUpstream;
import dev.spillway.simulation.story.Reloaded;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.RouterYaml;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.World.CallerSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.Reload;
import dev.spillway.simulation.world.World.RequestSpec;
import dev.spillway.simulation.world.World.RouteSpec;
import dev.spillway.simulation.world.World.RouterLimits;
import dev.spillway.simulation.world.World.Setup;
import dev.spillway.time.Gate;
import dev.spillway.time.SimulatedTask;
import dev.spillway.time.Simulation;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.RetryAfter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets one world happen, and writes its story down. */
public final class SeedRun {

  /** After so long nothing of a bench, a quarantine or a window is left. */
  private static final Duration HEALING = Duration.ofMinutes(10);

  private static final int AFTERWARDS = 3;
  private static final CallerSpec AFTERWARDS_CALLER = new CallerSpec("afterwards", List.of());

  private final World world;
  private final Simulation simulation;
  private final TimeSource time;
  private final Story story;
  private final Quotas quotas;
  private final RouterUnderTest router;
  private final Gate allServed;
  private final Map<String, Caller> callers;
  private Setup setup;
  private int callersLeft;

  private SeedRun(World world, RouterUnderTest.Maker maker) {
    this.world = world;
    this.simulation = new Simulation(world.seed());
    this.time = simulation.time();
    this.story = new Story(world);
    this.quotas = new Quotas(world, time);
    this.setup = world.setup();
    RouterConfig config = config(world, setup);
    this.callers =
        config.clients().stream()
            .map(Client::caller)
            .collect(Collectors.toMap(Caller::name, Function.identity()));
    TimeSource routersTime =
        world.raceShare() == 0 ? time : simulation.racingTime(world.raceShare());
    this.router =
        maker.make(config, new SimulatedUpstream(world, story, quotas, time), routersTime);
    this.allServed = simulation.gate("the last caller");
    this.callersLeft = world.callers().size();
  }

  private static RouterConfig config(World world, Setup setup) {
    return RouterConfig.parse("router.yaml", RouterYaml.of(world, setup), name -> null);
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
    Reload reload = world.reload();
    if (reload != null) {
      at(reload.at(), "reload", () -> follow(reload.setup()));
    }
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

  private void follow(Setup changed) {
    RouterConfig config = config(world, changed);
    Map<String, String> before = headRooms();
    router.follow(config);
    setup = changed;
    story.reloaded = new Reloaded(time.nanoTime(), before, headRooms());
  }

  private Map<String, String> headRooms() {
    Map<String, String> headRooms = new TreeMap<>();
    world.backends().forEach(it -> headRooms.put(it.name(), router.headRoom(it.name())));
    return headRooms;
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
      Request request = send(caller, spec, null, false);
      Duration wait = request.overQuota == null ? request.retryAfter : request.overQuota;
      if (wait != null && spec.patient()) {
        time.sleep(Duration.ofMillis(RetryAfter.millis(wait)));
        Request unused = send(caller, spec, request, false);
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
    long reloaded = world.reload() == null ? 0 : world.reload().at();
    time.sleepUntil(Math.max(Math.max(faultsEnd, changesEnd), reloaded));
    for (int i = 0; i < AFTERWARDS; i++) {
      for (PoolSpec pool : world.setup().pools()) {
        time.sleep(HEALING);
        Request unused = send(AFTERWARDS_CALLER, small(pool, i % 2 == 0), null, true);
      }
    }
  }

  private static RequestSpec small(PoolSpec pool, boolean stream) {
    return new RequestSpec(
        Duration.ZERO,
        pool.name(),
        false,
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
      CallerSpec caller, RequestSpec spec, @Nullable Request repeats, boolean afterwards)
      throws InterruptedException {
    int number = story.requests().size();
    byte[] body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":%d,\"stream\":%b,\"user\":\"%d\"}"
            .formatted("p".repeat(spec.promptCharacters()), spec.maxTokens(), spec.stream(), number)
            .getBytes(StandardCharsets.UTF_8);
    RouteSpec route = setup.route(spec.route());
    int rule = rule(route, spec, caller);
    PoolSpec pool = setup.pool(rule < 0 ? route.otherwise() : route.rules().get(rule).pool());
    Request request =
        new Request(
            number,
            caller.name(),
            spec,
            pool,
            routedBy(route, rule),
            time.nanoTime(),
            body,
            repeats,
            afterwards);
    story.add(request);
    if (world.calm()) {
      pool.backends()
          .forEach(name ->
              request.roomThen.put(name, quotas.hasRoom(world.backend(name).deployment(), spec)));
    }
    ChatCall call =
        new ChatCall(
            new RequestId(number, "#" + number),
            callers.getOrDefault(caller.name(), Caller.of(caller.name())),
            spec.route(),
            List.of(
                new Header(SimulatedUpstream.REQUEST, Integer.toString(number)),
                new Header("x-tier", spec.gold() ? "gold" : "none")),
            body,
            spec.affinity(),
            spec.deadline(),
            terms(spec));
    SimulatedTask me = simulation.current();
    watch(request, me);
    try {
      router.serve(router.plan(call), new LoggingClient(request, time));
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

  /** The first rule that fits, told without the router; -1 for none. */
  private static int rule(RouteSpec route, RequestSpec spec, CallerSpec caller) {
    for (int i = 0; i < route.rules().size(); i++) {
      if (route.rules().get(i).fits(spec, caller)) {
        return i;
      }
    }
    return -1;
  }

  private static String routedBy(RouteSpec route, int rule) {
    if (rule >= 0) {
      return "rule " + (rule + 1) + " ";
    }
    return route.rules().isEmpty() ? "" : "default ";
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
        case Ending.OverQuota over -> request.overQuota = over.over().retryAfter();
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
