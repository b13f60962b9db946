package dev.spillway.router.trace;

/**
 * Tokens as a backend bills them.
 *
 * @param prompt all that the model has read
 * @param completion all that it has written, its reasoning included
 * @param cached the part of the prompt that was cached
 */
public record Usage(long prompt, long completion, long cached) {}
