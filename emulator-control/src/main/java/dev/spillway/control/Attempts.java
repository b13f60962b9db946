package dev.spillway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads single entries of the journal as attempts at a request. */
final class Attempts {

  private static final Comparator<JournalEntry> ARRIVAL =
      Comparator.comparing(JournalEntry::at).thenComparingLong(JournalEntry::number);

  /** 4xx that pass. */
  private static final Set<Integer> MAY_PASS = Set.of(408, 409, 429);

  /** What another deployment may see differently. */
  private static final Set<Integer> ONE_DEPLOYMENTS = Set.of(401, 403, 404);

  private Attempts() {}

  static List<JournalEntry> inOrder(List<JournalEntry> calls) {
    return calls.stream().sorted(ARRIVAL).toList();
  }

  static boolean isServed(JournalEntry call) {
    return call.status() < 300 && call.end().equals(JournalEntry.COMPLETE);
  }

  static boolean isLeft(JournalEntry call) {
    return call.end().equals(JournalEntry.CANCELLED);
  }

  /** Refused in a way that trying again does not change. */
  static boolean isFinal(JournalEntry call) {
    return call.status() >= 400 && call.status() < 500 && !MAY_PASS.contains(call.status());
  }

  /** Whether the same is to be expected of any deployment. */
  static boolean isFinalEverywhere(JournalEntry call) {
    return isFinal(call) && !ONE_DEPLOYMENTS.contains(call.status());
  }

  /** Throttled, failed or broken off: what a client may try again. */
  static boolean isRetryable(JournalEntry call) {
    return !isServed(call) && !isLeft(call) && !isFinal(call);
  }

  /** The wait that it was told; none when that is nothing. */
  static Duration told(JournalEntry call) {
    Long millis = call.retryAfterMillis();
    return millis == null || millis <= 0 ? Duration.ZERO : Duration.ofMillis(millis);
  }

  static boolean isTold(JournalEntry call) {
    return told(call).isPositive();
  }

  /** When it may come back. */
  static Instant due(JournalEntry call) {
    return call.endedAt().plus(told(call));
  }

  static long charged(JournalEntry call) {
    Long tokens = call.chargedTokens();
    return tokens == null ? 0 : tokens;
  }
}
