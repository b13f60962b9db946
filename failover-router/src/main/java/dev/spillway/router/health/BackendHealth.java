package dev.spillway.router.health;

import dev.spillway.router.health.HealthState.Benched;
import dev.spillway.router.health.HealthState.HalfOpen;
import dev.spillway.router.health.HealthState.Quarantined;
import dev.spillway.router.health.HealthState.Resting;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One backend's standing, and the cooldown that it may share with others. */
final class BackendHealth {

  private final Cooldown cooldown;
  private final Probe probe;
  private final AtomicReference<Standing> standing;
  private final AtomicReference<@Nullable Long> recoveredAt;

  BackendHealth(Cooldown cooldown, long now) {
    this(
        cooldown, new Probe(), new AtomicReference<>(Standing.clean(now)), new AtomicReference<>());
  }

  private BackendHealth(
      Cooldown cooldown,
      Probe probe,
      AtomicReference<Standing> standing,
      AtomicReference<@Nullable Long> recoveredAt) {
    this.cooldown = cooldown;
    this.probe = probe;
    this.standing = standing;
    this.recoveredAt = recoveredAt;
  }

  /** The same, with another quota; what either learns, both know. */
  BackendHealth sharing(Cooldown with) {
    return with.equals(cooldown) ? this : new BackendHealth(with, probe, standing, recoveredAt);
  }

  Cooldown cooldown() {
    return cooldown;
  }

  /** The strongest reason against sending, if there is one. */
  HealthState state(long now) {
    long rest = cooldown.left(now);
    if (rest > 0) {
      return new Resting(Duration.ofNanos(rest));
    }
    Standing current = current();
    if (current.quarantinedUntil() - now > 0) {
      return new Quarantined(Duration.ofNanos(current.quarantinedUntil() - now));
    }
    if (current.benchedUntil() - now > 0) {
      return new Benched(Duration.ofNanos(current.benchedUntil() - now));
    }
    return current.isDoubted() ? new HalfOpen(probe.isFree(now)) : HealthState.SERVING;
  }

  Optional<ProbeTicket> takeProbe(long now) {
    return probe.take(now);
  }

  /** The share of its weight that it gets. */
  double share(SlowStart slowStart, long now) {
    Long since = recoveredAt.get();
    return since == null ? 1 : slowStart.share(now - since);
  }

  void rest(Duration wait, long now) {
    cooldown.rest(wait, now);
  }

  void served(long now) {
    Standing before = current();
    if (!before.isClean()) {
      if (before.isDoubted()) {
        recoveredAt.set(now);
      }
      standing.set(Standing.clean(now));
    }
  }

  void failed(long now) {
    standing.updateAndGet(current -> current.failed(now));
  }

  void unreachable(long now) {
    standing.updateAndGet(current -> current.unreachable(now));
  }

  void quarantine(long now) {
    standing.updateAndGet(current -> current.quarantined(now));
  }

  void reset(long now) {
    cooldown.end(now);
    standing.set(Standing.clean(now));
    recoveredAt.set(null);
    probe.forget();
  }

  private Standing current() {
    return Objects.requireNonNull(standing.get());
  }
}
