package dev.spillway.router.telemetry;

/**
 * Where a backend is, and what it serves there.
 *
 * @param provider whose API it speaks, in the words of the semantic conventions
 */
public record Peer(String provider, String host, int port, String model) {}
