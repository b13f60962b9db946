package dev.spillway.router.body;

import java.nio.file.Path;

/**
 * How much of the callers' bodies is kept, and where.
 *
 * @param longest a longer one is refused
 * @param inHeap a longer one is kept in a file
 * @param folder for those files
 */
public record BodyLimits(int longest, int inHeap, Path folder) {}
