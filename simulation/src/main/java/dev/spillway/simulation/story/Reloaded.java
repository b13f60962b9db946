package dev.spillway.simulation.story;

import java.util.Map;

/**
 * The router followed a configuration.
 *
 * @param before what it believed to be left of each backend right before
 * @param after and right after
 */
public record Reloaded(long at, Map<String, String> before, Map<String, String> after) {}
