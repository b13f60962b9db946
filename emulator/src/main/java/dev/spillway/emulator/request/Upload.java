package dev.spillway.emulator.request;

/** A file of a form. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Upload(String fileName, byte[] bytes) {}
