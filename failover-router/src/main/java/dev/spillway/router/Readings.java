package dev.spillway.router;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.lookahead.HeadRoom;
import dev.spillway.router.metrics.BackendReading;
import java.time.Duration;
import java.util.ArrayList;
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
    RoutingCore core = generation.core();
    HealthState state = core.health().state(backend, now);
    HeadRoom headRoom = core.lookAhead().headRoom(backend, now);
    return new BackendReading(
        backend.name(),
        word(state),
        left(state).toNanos() / NANOS,
        core.loads().inFlight(backend),
        limits(headRoom),
        headRoom.utilization());
  }

  private static String word(HealthState state) {
    return switch (state) {
      case HealthState.Serving it -> "serving";
      case HealthState.Resting it -> "resting";
      case HealthState.Benched it -> "benched";
      case HealthState.HalfOpen it -> "half-open";
      case HealthState.Quarantined it -> "quarantined";
    };
  }

  private static Duration left(HealthState state) {
    return switch (state) {
      case HealthState.Resting it -> it.left();
      case HealthState.Benched it -> it.left();
      case HealthState.Quarantined it -> it.left();
      case HealthState.Serving it -> Duration.ZERO;
      case HealthState.HalfOpen it -> Duration.ZERO;
    };
  }

  private static List<BackendReading.HeadRoom> limits(HeadRoom headRoom) {
    List<BackendReading.HeadRoom> limits = new ArrayList<>(2);
    if (headRoom.tokens() != null) {
      limits.add(limit("tokens", headRoom.tokens()));
    }
    if (headRoom.requests() != null) {
      limits.add(limit("requests", headRoom.requests()));
    }
    return limits;
  }

  private static BackendReading.HeadRoom limit(String of, HeadRoom.Left left) {
    return new BackendReading.HeadRoom(of, left.limit(), left.left());
  }
}
