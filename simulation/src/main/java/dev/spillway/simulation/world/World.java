package dev.spillway.simulation.world;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.backend.Balance;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.StreamHold;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one simulation is made of. Moments are nanoseconds from its beginning.
 *
 * @param calm whether nothing goes wrong but that limits are reached, and one caller is alone
 * @param raceShare how often another task comes in between where nothing is waited for
 */
public record World(
    long seed,
    boolean calm,
    double raceShare,
    Year year,
    RouterLimits limits,
    List<DeploymentSpec> deployments,
    List<BackendSpec> backends,
    Setup setup,
    @Nullable Reload reload,
    List<CallerSpec> callers,
    List<Fault> faults,
    List<CapacityChange> capacityChanges,
    List<ClockChange> clockChanges) {

  /** What a reload may change: who serves what. */
  public record Setup(List<PoolSpec> pools, List<RouteSpec> routes) {

    public PoolSpec pool(String name) {
      return pools.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    public RouteSpec route(String name) {
      return routes.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
  }

  /** Somebody changes the router's configuration, or has it read again as it is. */
  public record Reload(long at, Setup setup) {}

  /**
   * Where the requests for one deployment go.
   *
   * @param otherwise the pool of what no rule fits
   */
  public record RouteSpec(String name, List<RuleSpec> rules, String otherwise) {}

  /** Sends what fits all of it to a pool. */
  public record RuleSpec(Set<Fit> all, String pool) {

    public boolean fits(RequestSpec request, CallerSpec caller) {
      return all.stream().allMatch(fit -> fit.holds(request, caller));
    }
  }

  /** The keys of the router's configuration that decide what it may do. */
  public record RouterLimits(
      Duration timeout,
      Duration firstByte,
      Duration firstToken,
      Duration streamIdle,
      int maxAttempts,
      Duration maxCooldown,
      Duration defaultCooldown,
      Duration maxWait,
      RetryAmbiguous retryAmbiguous,
      int retryShare,
      int retryFloor,
      Duration slowStart,
      boolean lookAhead) {}

  /**
   * A backend as the router knows it.
   *
   * @param deployment whose limits it has; also its quota group
   * @param limits what the router is told of them
   * @param waits how its 429 says when to come again
   * @param latency until its answer's head
   * @param perChunk between two pieces of a stream
   */
  public record BackendSpec(
      String name,
      String deployment,
      LimitsSpec limits,
      WaitForm waits,
      Duration latency,
      Duration perChunk) {}

  /**
   * What the router's configuration says of a deployment's limits.
   *
   * @param yaml null where it says nothing, so that they are to be learned
   * @param areTrue whether they are as the deployment's own when it begins
   */
  public record LimitsSpec(@Nullable String yaml, boolean areTrue) {

    public static final LimitsSpec NONE = new LimitsSpec(null, false);
  }

  public record PoolSpec(String name, Balance balance, List<MemberSpec> members) {

    /** The names of its backends, whatever their order. */
    public List<String> backends() {
      return members.stream().map(MemberSpec::backend).toList();
    }
  }

  public record MemberSpec(String backend, int priority, int weight) {}

  /**
   * Somebody who calls.
   *
   * @param requestsPerMinute its quota; 0 for none
   */
  public record CallerSpec(
      String name, Priority priority, int requestsPerMinute, List<RequestSpec> requests) {

    /** One without a quota. */
    public CallerSpec(String name, List<RequestSpec> requests) {
      this(name, Priority.NORMAL, 0, requests);
    }
  }

  /**
   * One request of a caller, which sends one after the other.
   *
   * @param after the pause before it
   * @param route the deployment that it names
   * @param gold whether a header says so
   * @param chunks how many pieces of content its answer has
   * @param bad whether no backend can do anything with it
   * @param patient whether it is sent again, once, when a 429 says when
   * @param affinity null for none
   * @param deadline what it says of how long it waits; null for nothing
   * @param leavesAfter when its caller is gone; null for never
   */
  public record RequestSpec(
      Duration after,
      String route,
      boolean gold,
      int promptCharacters,
      int maxTokens,
      boolean stream,
      int chunks,
      StreamHold hold,
      boolean bad,
      boolean patient,
      @Nullable String affinity,
      @Nullable Duration deadline,
      @Nullable Duration leavesAfter) {}

  /** What goes wrong at one backend in a stretch of time, for a share of its requests. */
  public record Fault(String backend, FaultKind kind, long from, long to, double share) {

    public boolean covers(long moment) {
      return from - moment <= 0 && moment - to < 0;
    }
  }

  public record CapacityChange(long at, DeploymentSpec changed) {}

  /** Somebody sets the wall clock. */
  public record ClockChange(long at, Duration by) {}

  public BackendSpec backend(String name) {
    return backends.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
