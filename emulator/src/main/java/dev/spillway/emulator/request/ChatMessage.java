package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param text its text, or the text parts of its content one after the other
 */
public record ChatMessage(String role, @Nullable String name, String text) {}
