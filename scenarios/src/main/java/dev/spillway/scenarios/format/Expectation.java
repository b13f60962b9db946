package dev.spillway.scenarios.format;

/**
 * What is to come out.
 *
 * @param line where the file says it
 * @param selection which calls it is about
 */
public record Expectation(int line, Selection selection, Check check) {}
