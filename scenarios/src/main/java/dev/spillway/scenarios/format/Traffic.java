package dev.spillway.scenarios.format;

/**
 * Calls of one kind.
 *
 * @param name {@code steady}
 * @param pace when they come
 * @param ask what each of them asks
 * @param caller who makes them, and how
 */
public record Traffic(String name, Pace pace, Ask ask, Caller caller) {}
