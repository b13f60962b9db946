package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/** A body as it came. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RequestBody(byte[] bytes, @Nullable String contentType) {}
