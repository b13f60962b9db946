package dev.spillway.emulator.request;

/** A body, read. */
public sealed interface ParsedBody {

  record Valid(ModelRequest request) implements ParsedBody {}

  record Refused(InvalidRequest problem) implements ParsedBody {}
}
