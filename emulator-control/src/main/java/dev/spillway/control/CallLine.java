package dev.spillway.control;

import java.time.Instant;

/** Writes a call as a line for people. */
final class CallLine {

  private CallLine() {}

  /**
   * Writes one attempt.
   *
   * @param start of the request it belongs to
   */
  static SeenCall of(JournalEntry call, Instant start) {
    StringBuilder line = new StringBuilder("call " + call.number());
    line.append("  +").append(Spans.between(start, call.at()));
    line.append("  ").append(Target.of(call)).append("  ").append(call.status());
    if (call.spilledFrom() != null) {
      line.append(" by ").append(call.deployment());
    }
    if (call.reason() != null) {
      line.append(' ').append(call.reason());
    }
    if (Attempts.isTold(call)) {
      line.append(", told ").append(Spans.of(Attempts.told(call)));
    }
    if (!call.end().equals(JournalEntry.COMPLETE)) {
      line.append(", ").append(call.end());
      line.append(" after ").append(Spans.between(call.at(), call.endedAt()));
    }
    if (Attempts.charged(call) > 0) {
      line.append(", charged ").append(Attempts.charged(call));
    }
    return new SeenCall(call.number(), line.toString());
  }

  /** Names the request that an attempt belongs to. */
  static String request(JournalEntry call) {
    String id = call.clientRequestId();
    return id == null ? "the request of call " + call.number() : "the request '" + id + "'";
  }
}
