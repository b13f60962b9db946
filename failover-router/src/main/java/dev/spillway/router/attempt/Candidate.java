package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.lookahead.Room;
import java.util.List;

/**
 * A backend of the pool, as it stands at the time of the decision.
 *
 * @param state whether it may be asked
 * @param room what it is expected to answer
 */
record Candidate(Backend backend, HealthState state, Room room) {

  /** One of which nothing is expected. */
  Candidate(Backend backend, HealthState state) {
    this(backend, state, Room.ENOUGH);
  }

  boolean isFreeHalfOpen() {
    return state instanceof HealthState.HalfOpen halfOpen && halfOpen.free();
  }

  /** Those whose models can take the request; all of them, where none seems to. */
  static List<Candidate> fitting(List<Candidate> candidates) {
    List<Candidate> fitting = candidates.stream().filter(Candidate::mayFit).toList();
    return fitting.isEmpty() ? candidates : fitting;
  }

  private boolean mayFit() {
    return !(room instanceof Room.TooSmall);
  }

  boolean hasRoom() {
    return room instanceof Room.Enough;
  }
}
