package dev.spillway.router.health;

import dev.spillway.router.health.HealthState.Benched;
import dev.spillway.router.health.HealthState.Quarantined;
import dev.spillway.router.health.HealthState.Resting;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** One backend's standing, and the cooldown that it may share with others. */
final class BackendHealth {

  private final Cooldown cooldown;
  private final AtomicReference<Standing> standing;

  BackendHealth(Cooldown cooldown, long now) {
    this.cooldown = cooldown;
    this.standing = new AtomicReference<>(Standing.clean(now));
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
    return HealthState.SERVING;
  }

  void rest(Duration wait, long now) {
    cooldown.rest(wait, now);
  }

  void served(long now) {
    if (!current().isClean(now)) {
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
  }

  private Standing current() {
    return Objects.requireNonNull(standing.get());
  }
}
