package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.SpillAt;
import dev.spillway.router.balancing.Balancer;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.health.ProbeTicket;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.lookahead.Room;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.plan.TokenEstimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pools and how their backends stand: in which order a call considers them, what speaks against
 * each at a moment, and a place at the one that is chosen.
 */
final class Lineup {

  /** One pool at work. */
  record Way(Balancer balancer, RetryBudget retries, Map<String, SpillAt> spills) {

    /** From how many percent of a backend in use on a call goes to the next. */
    double spillAt(Backend backend, CallPlan call) {
      return Objects.requireNonNull(spills.get(backend.name())).of(call.caller().priority());
    }
  }

  /**
   * What a backend is asked with.
   *
   * @param reserved its charge in advance
   * @param ticket the leave to try one in doubt
   */
  record Place(Reservation reserved, ProbeTicket ticket) {

    static final Place NONE_NEEDED = new Place(Reservation.NONE, ProbeTicket.NONE_NEEDED);
  }

  private final Map<String, Way> ways;
  private final Loads loads;
  private final HealthBoard health;
  private final LookAhead lookAhead;

  Lineup(
      Collection<Pool> pools,
      Limits limits,
      Loads loads,
      HealthBoard health,
      LookAhead lookAhead,
      long now) {
    this(ways(Map.of(), pools, limits, loads, now), loads, health, lookAhead);
  }

  private Lineup(Map<String, Way> ways, Loads loads, HealthBoard health, LookAhead lookAhead) {
    this.ways = ways;
    this.loads = loads;
    this.health = health;
    this.lookAhead = lookAhead;
  }

  /** Pools that stay go on with whose turn it is and with what is left to be retried. */
  Lineup followedBy(
      Collection<Pool> pools, Limits limits, HealthBoard next, LookAhead nextLook, long now) {
    return new Lineup(ways(ways, pools, limits, loads, now), loads, next, nextLook);
  }

  private static Map<String, Way> ways(
      Map<String, Way> before, Collection<Pool> pools, Limits limits, Loads loads, long now) {
    return pools.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Pool::name, pool -> way(before.get(pool.name()), pool, limits, loads, now)));
  }

  private static Way way(@Nullable Way before, Pool pool, Limits limits, Loads loads, long now) {
    RetryBudget full = new RetryBudget(limits.retryShare(), limits.retryFloor(), now);
    return before == null
        ? new Way(new Balancer(pool, loads), full, pool.spills())
        : new Way(
            before.balancer().followedBy(pool), before.retries().followedBy(full), pool.spills());
  }

  Way way(String pool) {
    return Objects.requireNonNull(ways.get(pool));
  }

  /** The order for a call, which uses it up. */
  List<Backend> order(Way way, CallPlan call, long now) {
    return staying(
        call.stay(), way.balancer().nextOrder(call.affinity(), backend -> share(backend, now)));
  }

  /** The order that the next such call would get, and still gets. */
  List<Backend> peekOrder(Way way, CallPlan call, long now) {
    return staying(
        call.stay(), way.balancer().peekOrder(call.affinity(), backend -> share(backend, now)));
  }

  /** What is at one backend only is asked of no other. */
  private static List<Backend> staying(Stay stay, List<Backend> order) {
    return switch (stay) {
      case Stay.With with ->
          order.stream().filter(backend -> backend.name().equals(with.backend())).toList();
      case Stay.Anywhere anywhere -> order;
      case Stay.Search search -> order;
    };
  }

  /** What speaks against each at this moment. */
  List<Candidate> look(CallPlan call, Way way, List<Backend> order, long now) {
    List<Candidate> candidates = new ArrayList<>(order.size());
    for (Backend backend : order) {
      Room room =
          tooSmall(backend, call)
              .orElseGet(() -> lookAhead.room(backend, call, way.spillAt(backend, call), now));
      candidates.add(new Candidate(backend, health.state(backend, now), room));
    }
    return candidates;
  }

  /** The prompt is read only where a backend has a window that is known. */
  private static Optional<Room> tooSmall(Backend backend, CallPlan call) {
    Long window = backend.contextWindow();
    if (window == null) {
      return Optional.empty();
    }
    long needs = TokenEstimate.ofWindow(call.facts().get());
    return needs > window ? Optional.of(new Room.TooSmall(needs, window)) : Optional.empty();
  }

  /** None for what may not be asked now. */
  private double share(Backend backend, long now) {
    return switch (health.state(backend, now)) {
      case HealthState.Serving serving -> health.share(backend, now);
      case HealthState.HalfOpen halfOpen -> halfOpen.free() ? 1 : 0;
      case HealthState.Resting resting -> 0;
      case HealthState.Benched benched -> 0;
      case HealthState.Quarantined quarantined -> 0;
    };
  }

  /** What the decision needs; nothing when another request was faster. */
  Optional<Place> placeFor(
      Decision decision, List<Candidate> candidates, CallPlan call, Way way, long now) {
    if (!(decision instanceof Decision.Send send)) {
      return Optional.of(Place.NONE_NEEDED);
    }
    Candidate chosen = chosen(send, candidates);
    Optional<Reservation> reserved = reserve(chosen, call, way, now);
    if (reserved.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProbeTicket> ticket =
        chosen.isFreeHalfOpen()
            ? health.takeProbe(chosen.backend(), now)
            : Optional.of(ProbeTicket.NONE_NEEDED);
    if (ticket.isEmpty()) {
      reserved.get().unsent(now);
    }
    return ticket.map(taken -> new Place(reserved.get(), taken));
  }

  private static Candidate chosen(Decision.Send send, List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.backend().equals(send.backend()))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Reservation> reserve(Candidate chosen, CallPlan call, Way way, long now) {
    Backend backend = chosen.backend();
    return chosen.hasRoom()
        ? lookAhead.reserveIfRoom(backend, call, way.spillAt(backend, call), now)
        : Optional.of(lookAhead.reserve(backend, call, now));
  }
}
