package dev.spillway.emulator.inference;

import dev.spillway.control.JournalEntry;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.journal.Journal;
import dev.spillway.emulator.metrics.EmulatorMetrics;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ParsedChat;
import dev.spillway.wire.RetryAfter;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes every call into the journal and the metrics, in the same words. */
public final class CallLog {

  /** The metrics' deployment for calls that reached none. */
  private static final String NONE = "none";

  private final Journal journal;
  private final EmulatorMetrics metrics;

  public CallLog(Journal journal, EmulatorMetrics metrics) {
    this.journal = journal;
    this.metrics = metrics;
  }

  /** A call that never reached a deployment: no key, no such route, too large. */
  public void turnedAway(Call.Origin origin, int status, String reason, Instant at) {
    metrics.call(NONE, status);
    record(
        new Line(origin, at, null, false, status, reason, null, null, null, JournalEntry.COMPLETE));
  }

  void noDeployment(Call call, Instant at) {
    metrics.call(NONE, 404);
    record(line(call, at, 404, "DeploymentNotFound", null, null, null, JournalEntry.COMPLETE));
  }

  void invalid(Call call, Deployment deployment, InvalidRequest problem, Instant at) {
    metrics.call(deployment.name(), 400);
    String reason = problem.code() == null ? "invalid_request_error" : problem.code();
    record(line(call, at, 400, reason, 0L, null, null, JournalEntry.COMPLETE));
  }

  void throttled(Call call, Deployment deployment, Denied denied, Instant at) {
    metrics.call(deployment.name(), 429);
    Long retryAfter = denied.retryAfter().map(RetryAfter::millis).orElse(null);
    String limited = denied.limited().name().toLowerCase(Locale.ROOT);
    record(line(call, at, 429, limited, 0L, null, retryAfter, JournalEntry.COMPLETE));
  }

  void answered(Call call, Answer answer, long charged, String end) {
    String deployment = answer.deployment().name();
    metrics.call(deployment, 200);
    metrics.tokens(deployment, "charged", charged);
    metrics.tokens(deployment, "prompt", answer.usage().promptTokens());
    metrics.tokens(deployment, "completion", answer.usage().completionTokens());
    record(line(call, answer.created(), 200, null, charged, answer.usage(), null, end));
  }

  /** What an entry says beside its number. */
  private record Line(
      Call.Origin origin,
      Instant at,
      @Nullable String deployment,
      boolean stream,
      int status,
      @Nullable String reason,
      @Nullable Long charged,
      @Nullable Usage usage,
      @Nullable Long retryAfter,
      String end) {

    JournalEntry numbered(long number) {
      return new JournalEntry(
          number,
          at,
          origin.requestId(),
          origin.caller(),
          origin.method(),
          origin.path(),
          origin.apiVersion(),
          deployment,
          stream,
          status,
          reason,
          charged,
          usage == null ? null : usage.promptTokens(),
          usage == null ? null : usage.completionTokens(),
          retryAfter,
          end,
          origin.body());
    }
  }

  private void record(Line line) {
    journal.record(line::numbered);
  }

  private static Line line(
      Call call,
      Instant at,
      int status,
      @Nullable String reason,
      @Nullable Long charged,
      @Nullable Usage usage,
      @Nullable Long retryAfter,
      String end) {
    boolean stream = call.chat() instanceof ParsedChat.Valid valid && valid.request().stream();
    return new Line(
        call.origin(),
        at,
        call.deployment(),
        stream,
        status,
        reason,
        charged,
        usage,
        retryAfter,
        end);
  }
}
