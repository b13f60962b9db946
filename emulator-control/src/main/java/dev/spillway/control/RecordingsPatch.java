package dev.spillway.control;

/**
 * What to do with recordings from the next call on.
 *
 * @param mode {@code off}, {@code record} or {@code replay}
 */
public record RecordingsPatch(String mode) {}
