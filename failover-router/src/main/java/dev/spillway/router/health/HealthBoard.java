package dev.spillway.router.health;

import dev.spillway.router.backend.Backend;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The health of every backend. What one request learns, the very next one sees. */
public final class HealthBoard {

  /** A backend as it is configured, and what is known of it. */
  private record Known(Backend backend, BackendHealth health) {}

  private final RestRule rule;
  private final SlowStart slowStart;
  private final Map<String, Known> byName;

  public HealthBoard(Collection<Backend> backends, RestRule rule, SlowStart slowStart, long now) {
    this(Map.of(), backends, rule, slowStart, now);
  }

  private HealthBoard(
      Map<String, Known> before,
      Collection<Backend> backends,
      RestRule rule,
      SlowStart slowStart,
      long now) {
    Map<String, Known> stay = new HashMap<>();
    for (Backend backend : backends) {
      Known old = before.get(backend.name());
      if (old != null && isSameDeployment(old.backend, backend)) {
        stay.put(backend.name(), old);
      }
    }
    Map<String, Cooldown> groups = cooldowns(stay, backends, now);
    Map<String, Known> all = new HashMap<>();
    for (Backend backend : backends) {
      Cooldown shared = Objects.requireNonNull(groups.get(backend.quotaGroup()));
      Known old = stay.get(backend.name());
      BackendHealth health =
          old != null && isSameButForItsGroup(old.backend, backend)
              ? old.health.sharing(shared)
              : new BackendHealth(shared, now);
      all.put(backend.name(), new Known(backend, health));
    }
    this.rule = rule;
    this.slowStart = slowStart;
    this.byName = Map.copyOf(all);
  }

  /**
   * The board of a changed configuration. A deployment that stays goes on resting; what was
   * concluded from its failures is forgotten when something about it was changed, since that may
   * have mended it.
   */
  public HealthBoard followedBy(
      Collection<Backend> backends, RestRule rests, SlowStart ramp, long now) {
    return new HealthBoard(byName, backends, rests, ramp, now);
  }

  private static boolean isSameDeployment(Backend one, Backend other) {
    return one.url().equals(other.url()) && one.model().equals(other.model());
  }

  private static boolean isSameButForItsGroup(Backend one, Backend other) {
    return one.in(other.quotaGroup()).equals(other);
  }

  /** A group that goes on, goes on with its rest; whoever comes to it brings its own. */
  private static Map<String, Cooldown> cooldowns(
      Map<String, Known> stay, Collection<Backend> backends, long now) {
    Map<String, Cooldown> groups = new HashMap<>();
    for (Known known : stay.values()) {
      groups.putIfAbsent(known.backend.quotaGroup(), known.health.cooldown());
    }
    for (Backend backend : backends) {
      Cooldown group = groups.computeIfAbsent(backend.quotaGroup(), any -> new Cooldown(now));
      Known known = stay.get(backend.name());
      if (known != null && !known.health.cooldown().equals(group)) {
        group.rest(Duration.ofNanos(Math.max(0, known.health.cooldown().left(now))), now);
      }
    }
    return groups;
  }

  public HealthState state(Backend backend, long now) {
    return of(backend).state(now);
  }

  /** Takes the one try that a half-open backend has at a time; empty when another was faster. */
  public Optional<ProbeTicket> takeProbe(Backend backend, long now) {
    return of(backend).takeProbe(now);
  }

  /** The share of its weight that a backend gets, which is less after it has recovered. */
  public double share(Backend backend, long now) {
    return of(backend).share(slowStart, now);
  }

  /** It is throttled: rest it, and all of its quota group, for as long as it asked. */
  public void throttled(Backend backend, Optional<Duration> asked, long now) {
    of(backend).rest(rule.restFor(asked), now);
  }

  /** It answered as it should. */
  public void served(Backend backend, long now) {
    of(backend).served(now);
  }

  /** It failed after it had taken the request. */
  public void failed(Backend backend, long now) {
    of(backend).failed(now);
  }

  /** It could not be reached at all. */
  public void unreachable(Backend backend, long now) {
    of(backend).unreachable(now);
  }

  /** It refused our key, or its deployment is gone. */
  public void quarantine(Backend backend, long now) {
    of(backend).quarantine(now);
  }

  /** Forgets everything held against it. */
  public void reset(Backend backend, long now) {
    of(backend).reset(now);
  }

  private BackendHealth of(Backend backend) {
    return Objects.requireNonNull(byName.get(backend.name())).health;
  }
}
