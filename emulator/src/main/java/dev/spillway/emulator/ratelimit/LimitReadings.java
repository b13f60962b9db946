package dev.spillway.emulator.ratelimit;

/** Both limits of a deployment at the same moment. */
public record LimitReadings(LimitReading tokens, LimitReading requests) {}
