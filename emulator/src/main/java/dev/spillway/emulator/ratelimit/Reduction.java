package dev.spillway.emulator.ratelimit;

import java.time.Duration;

/**
 * That a Standard deployment has only a part of its limits for a while, as it stood at one moment.
 *
 * @param percent how much of them
 * @param left until it has all of them again
 */
public record Reduction(int percent, Duration left) {}
