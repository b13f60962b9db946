package dev.spillway.scenarios.format;

/**
 * What is to come out.
 *
 * @param line where the file says it
 * @param name what is judged, as the file names it: {@code served-by}
 * @param selection which calls it is about
 */
public record Expectation(int line, String name, Selection selection, Check check) {}
