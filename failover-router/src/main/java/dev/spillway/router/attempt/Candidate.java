package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;

/** A backend of the pool, as it stands at the time of the decision. */
record Candidate(Backend backend, HealthState state) {}
