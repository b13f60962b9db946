package dev.spillway.router.body;

/**
 * Other bytes in the place of some of a body's.
 *
 * @param start the offset of the first byte that is replaced
 * @param end the offset after the last one; that of the first where nothing is taken out
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Splice(long start, long end, byte[] bytes) {}
