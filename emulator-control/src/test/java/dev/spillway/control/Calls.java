package dev.spillway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a journal as a client's calls would leave it. Every call says when it came, in
 * milliseconds since the start, and what it got.
 */
final class Calls {

  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final List<JournalEntry> journal = new ArrayList<>();
  private @Nullable String caller = "key1";
  private @Nullable String id;
  private @Nullable String body = "{\"messages\":[]}";
  private int took;

  /** Who calls from now on. */
  Calls by(@Nullable String other) {
    caller = other;
    return this;
  }

  /** The caller's own name for the request from now on. */
  Calls named(@Nullable String requestId) {
    id = requestId;
    return this;
  }

  /** What is sent from now on. */
  Calls sending(@Nullable String other) {
    body = other;
    return this;
  }

  /** How long, in milliseconds, calls take from now on. */
  Calls taking(int millis) {
    took = millis;
    return this;
  }

  Calls served(int at, String deployment) {
    return add(at, deployment, 200, null, JournalEntry.COMPLETE);
  }

  Calls left(int at, String deployment) {
    return add(at, deployment, 200, null, JournalEntry.CANCELLED);
  }

  /** Begun with 200 and broken off by an error. */
  Calls brokenOff(int at, String deployment) {
    return add(at, deployment, 200, null, JournalEntry.FAILED);
  }

  /** Refused with 429 and this wait. */
  Calls throttled(int at, String deployment, Duration told) {
    return add(at, deployment, 429, told.toMillis(), JournalEntry.COMPLETE);
  }

  /** Refused with no word of when to come back. */
  Calls refused(int at, String deployment, int status) {
    return add(at, deployment, status, null, JournalEntry.COMPLETE);
  }

  List<JournalEntry> journal() {
    return journal;
  }

  ClientVerdict verdict() {
    return ClientVerdict.of(journal);
  }

  ClientVerdict verdict(VerdictRules rules) {
    return ClientVerdict.of(journal, rules);
  }

  private Calls add(int at, String deployment, int status, @Nullable Long told, String end) {
    Instant arrived = START.plusMillis(at);
    journal.add(
        new JournalEntry(
            journal.size() + 1,
            arrived,
            arrived.plusMillis(took),
            "request-" + journal.size(),
            id,
            caller,
            "POST",
            "/openai/deployments/" + deployment + "/chat/completions",
            "2024-10-21",
            "local",
            deployment,
            null,
            false,
            status,
            status == 429 ? "tokens" : null,
            status == 200 ? 100L : 0L,
            null,
            null,
            told,
            end,
            body));
    return this;
  }
}
