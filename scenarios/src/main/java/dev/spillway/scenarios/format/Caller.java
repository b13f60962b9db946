package dev.spillway.scenarios.format;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and how patiently.
 *
 * @param name shown in reports; null for the usual one
 * @param key as which it is known to the router; null for none
 * @param leavesAfter how long it has patience with an answer; null for ever
 * @param retries how often it tries again after a 429, a 503 or a connection that broke
 * @param honoursWaits whether it waits as it was told before it does; otherwise it comes at once
 */
public record Caller(
    @Nullable String name,
    @Nullable String key,
    @Nullable Duration leavesAfter,
    int retries,
    boolean honoursWaits) {}
