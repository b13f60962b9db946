package dev.spillway.control;

import java.time.Instant;

/**
 * The emulator's clock.
 *
 * @param now what it shows
 * @param frozen whether it stands still
 */
public record ClockStatus(Instant now, boolean frozen) {}
