package dev.spillway.emulator.latency;

/**
 * What a model has to do for an answer.
 *
 * @param promptTokens those it has to read, without the cached ones
 * @param reasoningTokens those it writes before the first that is sent
 * @param tokens those that are sent one after the other; of several choices, which are written at
 *     the same time, those of the longest
 * @param held whether the content filter holds tokens back until it has read them
 */
public record Work(int promptTokens, int reasoningTokens, int tokens, boolean held) {}
