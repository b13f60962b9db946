package dev.spillway.router.attempt;

import dev.spillway.router.trace.RequestTrace;

/** What a caller gets, and how it came about. */
public record Reply(Ending ending, RequestTrace trace) {}
