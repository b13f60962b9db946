package dev.spillway.emulator.recording;

/** A recording and the file that it is in. */
public record NamedRecording(String name, Recording recording) {}
