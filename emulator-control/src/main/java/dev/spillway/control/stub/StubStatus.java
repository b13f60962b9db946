package dev.spillway.control.stub;

/**
 * A stub and how often it was asked.
 *
 * @param fitted calls that fit its condition but for {@code call}
 * @param answered those of them that it answered
 */
public record StubStatus(StubSpec stub, long fitted, long answered) {}
