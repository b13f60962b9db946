package dev.spillway.router.metrics;

/**
 * How a backend is when somebody looks.
 *
 * @param state {@code serving}, {@code resting}, {@code benched}, {@code half-open} or {@code
 *     quarantined}
 * @param left how much longer, in seconds
 * @param inFlight what it has to do
 */
public record BackendReading(String backend, String state, double left, int inFlight) {}
