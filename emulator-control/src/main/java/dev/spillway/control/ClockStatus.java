package dev.spillway.control;

import java.time.Instant;

/**
 * The emulator's clock.
 *
 * @param now what it shows
 * @param frozen whether it stands still
 * @param speed seconds that pass on it for each second; 0 while it stands still
 */
public record ClockStatus(Instant now, boolean frozen, double speed) {}
