package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.upstream.AttemptResult;

/** A backend that was asked, and what came of it. */
record Attempt(Backend backend, AttemptResult result) {}
