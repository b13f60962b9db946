package dev.spillway.simulation.world;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.backend.Balance;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.simulation.world.World.BackendSpec;
import dev.spillway.simulation.world.World.CallerSpec;
import dev.spillway.simulation.world.World.CapacityChange;
import dev.spillway.simulation.world.World.ClockChange;
import dev.spillway.simulation.world.World.Fault;
import dev.spillway.simulation.world.World.LimitsSpec;
import dev.spillway.simulation.world.World.MemberSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.Reload;
import dev.spillway.simulation.world.World.RequestSpec;
import dev.spillway.simulation.world.World.RouteSpec;
import dev.spillway.simulation.world.World.RouterLimits;
import dev.spillway.simulation.world.World.RuleSpec;
import dev.spillway.simulation.world.World.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes a world of a seed: the same of the same one, everywhere. */
public final class WorldMaker {

  /** Faults and changes come within so long. */
  private static final long EVENTFUL = Duration.ofSeconds(90).toNanos();

  private static final List<String> STANDARD_MODELS =
      List.of("gpt-35-turbo", "gpt-4o-mini", "gpt-4.1-mini");
  private static final List<WaitForm> HONEST =
      List.of(
          WaitForm.MILLIS,
          WaitForm.AZURE_MILLIS,
          WaitForm.SECONDS,
          WaitForm.BOTH,
          WaitForm.RESET_TOKENS,
          WaitForm.TEXT);

  private final SplittableRandom random;
  private final long seed;
  private final boolean calm;

  private WorldMaker(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.calm = random.nextInt(8) == 0;
  }

  public static World make(long seed) {
    return new WorldMaker(seed).world();
  }

  private World world() {
    List<DeploymentSpec> deployments = new ArrayList<>();
    Map<String, LimitsSpec> limits = new HashMap<>();
    List<BackendSpec> backends = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean shares = i > 0 && random.nextInt(6) == 0;
      String deployment =
          shares ? deployments.get(random.nextInt(deployments.size())).name() : "d" + i;
      if (!shares) {
        DeploymentSpec spec = deployment(deployment);
        deployments.add(spec);
        limits.put(deployment, LimitsMaker.make(spec, random));
      }
      backends.add(backend("b" + i, deployment, Objects.requireNonNull(limits.get(deployment))));
    }
    Setup setup = setup(backends);
    List<CallerSpec> callers = callers(setup.routes());
    boolean quiet = calm || random.nextInt(10) == 0;
    return new World(
        seed,
        calm,
        calm ? 0 : pick(0.0, 0.0, 0.2),
        pick(Year.values()),
        limits(),
        deployments,
        backends,
        setup,
        reload(setup, backends),
        callers,
        quiet ? List.of() : faults(backends),
        calm ? List.of() : capacityChanges(deployments),
        calm ? List.of() : clockChanges());
  }

  private RouterLimits limits() {
    boolean waits = random.nextInt(4) == 0;
    return new RouterLimits(
        seconds(pick(5, 30, 120)),
        seconds(pick(2, 10, 60)),
        seconds(pick(2, 10, 60)),
        seconds(pick(3, 30)),
        1 + random.nextInt(6),
        seconds(pick(20, 60, 60)),
        Duration.ofMillis(pick(0, 500, 2_000, 2_000)),
        waits ? seconds(pick(1, 5, 20)) : Duration.ZERO,
        pick(RetryAmbiguous.ONCE, RetryAmbiguous.ONCE, RetryAmbiguous.NEVER, RetryAmbiguous.BUDGET),
        pick(20, 20, 0, 100),
        pick(10, 10, 0, 1),
        seconds(pick(0, 10)),
        random.nextInt(4) != 0);
  }

  private DeploymentSpec deployment(String name) {
    if (random.nextInt(5) == 0) {
      return DeploymentSpec.provisioned(name, "gpt-4o", 1 + random.nextInt(4));
    }
    Limit capacity = capacity();
    DeploymentSpec spec =
        DeploymentSpec.standard(
                name, STANDARD_MODELS.get(random.nextInt(STANDARD_MODELS.size())), capacity)
            .withTpm(capacity.times(LimitsMaker.TOKENS_PER_UNIT));
    return spec.withRpm(random.nextInt(3) == 0 ? Limit.UNLIMITED : capacity.times(pick(1, 6, 10)));
  }

  private Limit capacity() {
    return random.nextInt(5) == 0 ? Limit.UNLIMITED : Limit.of(pick(1, 1, 2, 4, 10, 40));
  }

  private BackendSpec backend(String name, String deployment, LimitsSpec limits) {
    WaitForm form = calm ? HONEST.get(random.nextInt(HONEST.size())) : pick(WaitForm.values());
    return new BackendSpec(
        name,
        deployment,
        limits,
        form,
        Duration.ofMillis(1 + random.nextInt(pick(20, 400, 1_600))),
        Duration.ofMillis(random.nextInt(pick(2, 60))));
  }

  private Setup setup(List<BackendSpec> backends) {
    List<PoolSpec> pools = pools(backends, calm ? 1 : pick(1, 1, 2, 3));
    return new Setup(pools, routes(pools));
  }

  /** In a third of the worlds; half of the times to what there is already. */
  private @Nullable Reload reload(Setup setup, List<BackendSpec> backends) {
    if (random.nextInt(3) != 0) {
      return null;
    }
    long at = random.nextLong(EVENTFUL / 3);
    if (random.nextBoolean()) {
      return new Reload(at, setup);
    }
    List<PoolSpec> pools = pools(backends, setup.pools().size());
    return new Reload(at, new Setup(pools, routes(pools)));
  }

  /** One for each pool, some with rules. */
  private List<RouteSpec> routes(List<PoolSpec> pools) {
    List<RouteSpec> routes = new ArrayList<>();
    for (PoolSpec pool : pools) {
      List<RuleSpec> rules = new ArrayList<>();
      int count = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
      for (int i = 0; i < count; i++) {
        EnumSet<Fit> all = EnumSet.of(pick(Fit.values()));
        if (random.nextInt(3) == 0) {
          all.add(pick(Fit.values()));
        }
        rules.add(new RuleSpec(all, pools.get(random.nextInt(pools.size())).name()));
      }
      routes.add(new RouteSpec(pool.name(), rules, pool.name()));
    }
    return routes;
  }

  private List<PoolSpec> pools(List<BackendSpec> backends, int count) {
    List<PoolSpec> pools = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<MemberSpec> members = new ArrayList<>();
      boolean tiered = random.nextBoolean();
      for (BackendSpec backend : backends) {
        if (random.nextInt(5) != 0 || (members.isEmpty() && backend.equals(backends.getLast()))) {
          int priority = tiered ? 1 + random.nextInt(3) : 1;
          members.add(new MemberSpec(backend.name(), priority, pick(1, 1, 1, 2, 5)));
        }
      }
      pools.add(
          new PoolSpec(
              "p" + i,
              pick(
                  Balance.ROUND_ROBIN,
                  Balance.ROUND_ROBIN,
                  Balance.LEAST_IN_FLIGHT,
                  Balance.LATENCY),
              members));
    }
    return pools;
  }

  private List<CallerSpec> callers(List<RouteSpec> routes) {
    List<CallerSpec> callers = new ArrayList<>();
    int count = calm ? 1 : 1 + random.nextInt(pick(3, 8, 12));
    for (int i = 0; i < count; i++) {
      List<RequestSpec> requests = new ArrayList<>();
      int each = calm ? 6 + random.nextInt(20) : 1 + random.nextInt(7);
      int pause = pick(1, 200, 3_000, 20_000);
      RequestSpec like = request(routes, pause);
      for (int j = 0; j < each; j++) {
        requests.add(calm ? like : request(routes, pause));
      }
      int quota = random.nextInt(6) == 0 ? pick(1, 3, 10, 60) : 0;
      callers.add(new CallerSpec("c" + i, pick(Priority.values()), quota, requests));
    }
    return callers;
  }

  private RequestSpec request(List<RouteSpec> routes, int pauseMillis) {
    boolean stream = random.nextBoolean();
    return new RequestSpec(
        Duration.ofMillis(random.nextInt(pauseMillis)),
        routes.get(random.nextInt(routes.size())).name(),
        random.nextInt(4) == 0,
        random.nextInt(calm ? 400 : pick(100, 1_000, 8_000)),
        1 + random.nextInt(calm ? 100 : pick(50, 400, 2_000)),
        stream,
        1 + random.nextInt(8),
        hold(),
        !calm && random.nextInt(15) == 0,
        calm || random.nextInt(3) == 0,
        random.nextInt(8) == 0 && !calm ? "talk " + random.nextInt(4) : null,
        sometimes(8, 200 + random.nextInt(20_000)),
        sometimes(10, random.nextInt(4_000)));
  }

  private StreamHold hold() {
    return switch (random.nextInt(6)) {
      case 0 -> new StreamHold.UntilItsEnd();
      case 1 -> new StreamHold.ForAWhile(Duration.ofMillis(random.nextInt(300)));
      default -> StreamHold.DEFAULT;
    };
  }

  private @Nullable Duration sometimes(int oneIn, int millis) {
    return !calm && random.nextInt(oneIn) == 0 ? Duration.ofMillis(millis) : null;
  }

  private List<Fault> faults(List<BackendSpec> backends) {
    List<Fault> faults = new ArrayList<>();
    int count = random.nextInt(pick(3, 6, 12));
    for (int i = 0; i < count; i++) {
      String backend = backends.get(random.nextInt(backends.size())).name();
      FaultKind kind = pick(FaultKind.values());
      long from = random.nextLong(EVENTFUL / 2);
      if (random.nextInt(5) == 0) {
        flapping(faults, backend, kind, from);
      } else {
        long length = pick(500, 5_000, 45_000) * 1_000_000L;
        faults.add(new Fault(backend, kind, from, from + length, pick(0.2, 0.7, 1.0, 1.0)));
      }
    }
    return faults;
  }

  private void flapping(List<Fault> faults, String backend, FaultKind kind, long from) {
    long period = pick(300, 2_000, 6_000) * 1_000_000L;
    for (int i = 0; i < 6; i++) {
      long start = from + 2L * i * period;
      faults.add(new Fault(backend, kind, start, start + period, 1));
    }
  }

  private List<CapacityChange> capacityChanges(List<DeploymentSpec> deployments) {
    List<CapacityChange> changes = new ArrayList<>();
    for (DeploymentSpec spec : deployments) {
      if (!spec.provisioned() && random.nextInt(4) == 0) {
        changes.add(new CapacityChange(random.nextLong(EVENTFUL), withCapacity(spec, capacity())));
      }
    }
    return changes;
  }

  private static DeploymentSpec withCapacity(DeploymentSpec spec, Limit capacity) {
    DeploymentSpec changed =
        DeploymentSpec.standard(spec.name(), spec.model(), capacity)
            .withTpm(capacity.times(LimitsMaker.TOKENS_PER_UNIT));
    Limit requests = spec.rpm();
    return requests == null ? changed : changed.withRpm(requests);
  }

  private List<ClockChange> clockChanges() {
    return random.nextInt(6) == 0
        ? List.of(
            new ClockChange(random.nextLong(EVENTFUL), seconds(random.nextInt(7_200) - 3_600)))
        : List.of();
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
