package dev.spillway.router.lookahead;

/**
 * What an answer says that it used.
 *
 * @param promptTokens without those that were cached
 */
public record Used(long promptTokens, long answerTokens) {}
