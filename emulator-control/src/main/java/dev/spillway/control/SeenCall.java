package dev.spillway.control;

/**
 * One call of the journal in one line.
 *
 * @param number of its entry
 * @param line what it asked for and got, and when, counted from the request's first attempt
 */
public record SeenCall(long number, String line) {}
