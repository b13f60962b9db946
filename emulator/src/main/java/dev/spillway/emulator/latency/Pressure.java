package dev.spillway.emulator.latency;

/**
 * What slows a deployment down at a moment.
 *
 * @param calls under way, with the one that is asked about
 * @param utilization of a provisioned deployment, in percent; 0 for a Standard one
 * @param slowdown how many times as late the first token comes besides
 */
record Pressure(int calls, double utilization, double slowdown) {}
