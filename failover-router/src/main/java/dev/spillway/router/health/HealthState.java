package dev.spillway.router.health;

import java.time.Duration;

/** Whether a backend may be sent to. */
public sealed interface HealthState {

  /** Nothing speaks against it. */
  record Serving() implements HealthState {}

  /** It asked for a rest, or shares its quota with one that did. Never sent to before the end. */
  record Resting(Duration left) implements HealthState {}

  /** It failed several times in a row; sent to only when nothing better is left. */
  record Benched(Duration left) implements HealthState {}

  /**
   * Its bench or quarantine is over, and nothing has been heard of it since: one request at a time
   * may try it.
   *
   * @param free whether no request is trying it now
   */
  record HalfOpen(boolean free) implements HealthState {}

  /** It refused our key or does not know its deployment. */
  record Quarantined(Duration left) implements HealthState {}

  HealthState SERVING = new Serving();
}
