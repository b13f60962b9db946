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

  private final RestRule rule;
  private final SlowStart slowStart;
  private final Map<String, BackendHealth> byBackend;

  public HealthBoard(Collection<Backend> backends, RestRule rule, SlowStart slowStart, long now) {
    Map<String, Cooldown> byQuotaGroup = new HashMap<>();
    Map<String, BackendHealth> all = new HashMap<>();
    for (Backend backend : backends) {
      Cooldown shared =
          byQuotaGroup.computeIfAbsent(backend.quotaGroup(), group -> new Cooldown(now));
      all.put(backend.name(), new BackendHealth(shared, now));
    }
    this.rule = rule;
    this.slowStart = slowStart;
    this.byBackend = Map.copyOf(all);
  }

  public HealthState state(Backend backend, long now) {
    return of(backend).state(now);
  }

  /** Takes the one try that a half-open backend has at a time; false when another was faster. */
  public boolean takeProbe(Backend backend, long now) {
    return of(backend).takeProbe(now);
  }

  /** The share of its weight that a backend gets, which is less after it has recovered. */
  public double share(Backend backend, long now) {
    return of(backend).share(slowStart, now);
  }

  /** It was asked, and what came says nothing about it. */
  public void unheard(Backend backend) {
    of(backend).unheard();
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
    return Objects.requireNonNull(byBackend.get(backend.name()));
  }
}
