package dev.spillway.control;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where a client's behaviour stops being good.
 *
 * @param maxAttempts at one request, over all deployments
 * @param allowEarlyMillis how much of a wait a retry may leave out, since clients round
 * @param stormRetries so many retries within {@code stormMillis} are a storm
 * @param tolerated what is found, but does not fail the verdict; in the order of {@link
 *     FindingKind}
 */
public record VerdictRules(
    int maxAttempts,
    long allowEarlyMillis,
    int stormRetries,
    long stormMillis,
    List<FindingKind> tolerated) {

  private static final VerdictRules DEFAULTS =
      new VerdictRules(
          5,
          50,
          3,
          1_000,
          List.of(
              FindingKind.CAME_WHILE_RESTING,
              FindingKind.HEDGED,
              FindingKind.WASTED_TOKENS,
              FindingKind.GAVE_UP));

  /** Checks the numbers and sorts what is tolerated. */
  public VerdictRules {
    atLeast(1, maxAttempts, "attempts allowed");
    atLeast(0, allowEarlyMillis, "milliseconds a retry may come early");
    atLeast(1, stormRetries, "retries that make a storm");
    atLeast(1, stormMillis, "milliseconds of a storm");
    tolerated = tolerated.stream().distinct().sorted().toList();
  }

  private static void atLeast(long least, long value, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          "the number of " + what + " must be at least " + least + ", not " + value);
    }
  }

  /**
   * Five attempts, 50 ms too early, three retries within a second; hedging, waste, giving up and
   * new requests to a resting deployment are tolerated.
   */
  public static VerdictRules defaults() {
    return DEFAULTS;
  }

  public VerdictRules withMaxAttempts(int most) {
    return new VerdictRules(most, allowEarlyMillis, stormRetries, stormMillis, tolerated);
  }

  public VerdictRules withAllowEarly(Duration most) {
    return new VerdictRules(maxAttempts, most.toMillis(), stormRetries, stormMillis, tolerated);
  }

  /** Calls so many retries within so long a storm. */
  public VerdictRules withStorm(int retries, Duration within) {
    return new VerdictRules(maxAttempts, allowEarlyMillis, retries, within.toMillis(), tolerated);
  }

  public VerdictRules tolerating(FindingKind kind) {
    Set<FindingKind> more = EnumSet.of(kind);
    more.addAll(tolerated);
    return withTolerated(more);
  }

  public VerdictRules forbidding(FindingKind kind) {
    Set<FindingKind> fewer = EnumSet.noneOf(FindingKind.class);
    fewer.addAll(tolerated);
    fewer.remove(kind);
    return withTolerated(fewer);
  }

  private VerdictRules withTolerated(Set<FindingKind> kinds) {
    return new VerdictRules(
        maxAttempts, allowEarlyMillis, stormRetries, stormMillis, List.copyOf(kinds));
  }
}
