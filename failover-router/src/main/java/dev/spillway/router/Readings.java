package dev.spillway.router;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.metrics.BackendReading;
import java.time.Duration;
import java.util.List;

/** How the backends of a generation are. */
final class Readings {

  private static final double NANOS = 1e9;

  private Readings() {}

  static List<BackendReading> of(Generation generation, long now) {
    return generation.config().backends().values().stream()
        .map(backend -> of(generation, backend, now))
        .toList();
  }

  private static BackendReading of(Generation generation, Backend backend, long now) {
    int inFlight = generation.core().loads().inFlight(backend);
    return switch (generation.core().health().state(backend, now)) {
      case HealthState.Serving it -> reading(backend, "serving", Duration.ZERO, inFlight);
      case HealthState.Resting it -> reading(backend, "resting", it.left(), inFlight);
      case HealthState.Benched it -> reading(backend, "benched", it.left(), inFlight);
      case HealthState.HalfOpen it -> reading(backend, "half-open", Duration.ZERO, inFlight);
      case HealthState.Quarantined it -> reading(backend, "quarantined", it.left(), inFlight);
    };
  }

  private static BackendReading reading(
      Backend backend, String state, Duration left, int inFlight) {
    return new BackendReading(backend.name(), state, left.toNanos() / NANOS, inFlight);
  }
}
