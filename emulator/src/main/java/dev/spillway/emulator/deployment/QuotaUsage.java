package dev.spillway.emulator.deployment;

import dev.spillway.control.Limit;

/**
 * What is used of a quota.
 *
 * @param name such as {@code OpenAI.Standard.gpt-4o}
 * @param displayName for people
 * @param used in units of capacity
 * @param limit how much there is
 */
public record QuotaUsage(String name, String displayName, long used, Limit limit) {}
