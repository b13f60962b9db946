package dev.spillway.router.health;

import dev.spillway.router.backend.Backend;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The health of every backend. What one request learns, the very next one sees. */
public final class HealthBoard {

  /** A backend as it is configured, and what is known of it. */
  private record Known(Backend backend, BackendHealth health) {}

  private final RestRule rule;
  private final SlowStart slowStart;
  private final RestNews news;
  private final Map<String, Known> byName;

  public HealthBoard(Collection<Backend> backends, RestRule rule, SlowStart slowStart, long now) {
    this(backends, rule, slowStart, RestNews.NOBODY, now);
  }

  /** A board that tells somebody of the rests it comes to know of. */
  public HealthBoard(
      Collection<Backend> backends, RestRule rule, SlowStart slowStart, RestNews news, long now) {
    this(Map.of(), news, backends, rule, slowStart, now);
  }

  private HealthBoard(
      Map<String, Known> before,
      RestNews news,
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
    this.news = news;
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
    return new HealthBoard(byName, news, backends, rests, ramp, now);
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
    Duration wait = rule.restFor(asked);
    of(backend).rest(wait, now);
    news.rests(quotaOf(backend), wait);
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
    news.goesOn(quotaOf(backend));
  }

  /** A quota by a name that every router has for it: its group, or the deployment. */
  private static String quotaOf(Backend backend) {
    return backend.quotaGroup().equals(backend.name())
        ? backend.url() + "/" + backend.model()
        : backend.quotaGroup();
  }

  /** Every quota that backends here have. */
  public Set<String> quotas() {
    return byName.values().stream()
        .map(known -> quotaOf(known.backend))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Somebody else has learned that a quota rests; for longer than is believed it never does. */
  public void restElsewhere(String quota, Duration wait, long now) {
    Duration believed = wait.compareTo(rule.longest()) < 0 ? wait : rule.longest();
    of(quota).forEach(cooldown -> cooldown.rest(believed, now));
  }

  /** Somebody else has ended a quota's rest by hand. */
  public void goesOnElsewhere(String quota, long now) {
    of(quota).forEach(cooldown -> cooldown.end(now));
  }

  private List<Cooldown> of(String quota) {
    return byName.values().stream()
        .filter(known -> quotaOf(known.backend).equals(quota))
        .map(known -> known.health.cooldown())
        .toList();
  }

  private BackendHealth of(Backend backend) {
    return Objects.requireNonNull(byName.get(backend.name())).health;
  }
}
