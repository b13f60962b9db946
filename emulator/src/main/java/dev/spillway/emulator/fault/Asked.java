package dev.spillway.emulator.fault;

/**
 * What a call wants of which deployment.
 *
 * @param stream whether it asks for a stream
 */
record Asked(String deployment, boolean stream) {}
