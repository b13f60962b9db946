package dev.spillway.emulator.request;

/** A body, read. */
public sealed interface ParsedChat {

  record Valid(ChatRequest request) implements ParsedChat {}

  record Refused(InvalidRequest problem) implements ParsedChat {}
}
