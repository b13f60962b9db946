package dev.spillway.emulator.request;

/**
 * A call of a tool that an earlier answer made.
 *
 * @param arguments as JSON text
 */
public record ToolCall(String id, String name, String arguments) {}
