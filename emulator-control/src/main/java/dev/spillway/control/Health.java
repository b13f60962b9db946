package dev.spillway.control;

/**
 * That the emulator is up, and as what.
 *
 * @param status {@code ok}
 * @param wire the wire profile it speaks
 * @param deployments how many deployments it serves
 */
public record Health(String status, String wire, int deployments) {}
