package dev.spillway.control;

/**
 * A fault and what has become of it.
 *
 * @param matched so many calls matched while it was its time
 * @param used so many of them it struck
 */
public record FaultStatus(FaultSpec fault, long matched, long used) {}
