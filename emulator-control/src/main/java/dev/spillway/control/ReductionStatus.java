package dev.spillway.control;

/**
 * That a Standard deployment has only a part of its limits for a while.
 *
 * @param percent how much of them
 * @param endsInMillis until it has all of them again
 */
public record ReductionStatus(int percent, long endsInMillis) {}
