package dev.spillway.emulator.inference;

import dev.spillway.control.FaultPlace;
import dev.spillway.control.JournalEntry;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.journal.Journal;
import dev.spillway.emulator.metrics.EmulatorMetrics;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.Operation;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes every call into the journal and the metrics, in the same words. */
public final class CallLog {

  /** The metrics' resource and deployment for calls that reached none. */
  private static final String NONE = "none";

  /** The reasons of errors that others have given. */
  private static final String RECORDED = "recorded";

  private static final String FORWARDED = "forwarded";

  private final Journal journal;
  private final EmulatorMetrics metrics;
  private final TimeSource time;

  public CallLog(Journal journal, EmulatorMetrics metrics, TimeSource time) {
    this.journal = journal;
    this.metrics = metrics;
    this.time = time;
  }

  /** A call that the resource itself answered. */
  public void answeredByResource(Call.Origin origin, int status, Instant at) {
    withoutDeployment(origin, status, null, at);
  }

  /** A call that never reached a deployment: no key, no such route, too large. */
  public void turnedAway(Call.Origin origin, int status, String reason, Instant at) {
    withoutDeployment(origin, status, reason, at);
  }

  private void withoutDeployment(
      Call.Origin origin, int status, @Nullable String reason, Instant at) {
    var unused = origin.faults().answering(null, false, false);
    count(origin, nowhere(origin), status);
    record(
        new Line(
            origin,
            at,
            null,
            null,
            false,
            status,
            reason,
            null,
            null,
            null,
            JournalEntry.COMPLETE));
  }

  /** A fault kept the call from everybody. */
  public void struck(Call.Origin origin, Hit fault, Instant at) {
    count(origin, nowhere(origin), fault.status());
    record(
        new Line(
            origin,
            at,
            null,
            null,
            false,
            fault.status(),
            fault.reason(),
            null,
            null,
            fault.retryAfter(at).map(RetryAfter::millis).orElse(null),
            end(fault)));
  }

  private static String end(Hit fault) {
    return fault.isAnswer() ? JournalEntry.COMPLETE : JournalEntry.FAILED;
  }

  void noDeployment(Call call, Instant at) {
    var unused = call.origin().faults().answering(null, call.stream(), false);
    count(call.origin(), nowhere(call.origin()), 404);
    record(line(call, at, 404, "DeploymentNotFound", null, null, null, JournalEntry.COMPLETE));
  }

  /** A deployment refused the call, and that is its end. */
  void refused(Call call, Outcome.Refusal refusal, Instant at) {
    boolean fault = refusal instanceof Outcome.Failed;
    if (!fault) {
      var unused = call.origin().faults().answering(refusal.deployment(), call.stream(), false);
    }
    count(call, refusal);
    record(
        line(
            call,
            at,
            refusal.status(),
            reason(refusal),
            chargedTokens(refusal),
            null,
            retryAfterMillis(refusal, at),
            refusal instanceof Outcome.Failed failed
                ? end(failed.fault())
                : JournalEntry.COMPLETE));
  }

  /** A deployment refused the call, which goes on elsewhere. */
  void count(Call call, Outcome.Refusal refusal) {
    count(call.origin(), refusal.deployment().id(), refusal.status());
    if (chargedTokens(refusal) > 0) {
      count(refusal.deployment().id(), "charged", chargedTokens(refusal));
    }
  }

  private static long chargedTokens(Outcome.Refusal refusal) {
    return switch (refusal) {
      case Outcome.PromptBlocked blocked -> blocked.chargedTokens();
      case Outcome.PictureBlocked blocked -> blocked.chargedTokens();
      case Outcome.NoSuchFilter none -> none.chargedTokens();
      case Outcome.Invalid invalid -> invalid.chargedTokens();
      case Outcome.Throttled throttled -> 0;
      case Outcome.Full full -> 0;
      case Outcome.TooLong tooLong -> 0;
      case Outcome.NotSupported notSupported -> 0;
      case Outcome.NotTaken notTaken -> 0;
      case Outcome.Failed failed -> 0;
    };
  }

  private static String reason(Outcome.Refusal refusal) {
    return switch (refusal) {
      case Outcome.Throttled throttled ->
          throttled.denied().limited().name().toLowerCase(Locale.ROOT);
      case Outcome.Full full -> "throughput";
      case Outcome.PromptBlocked blocked -> "content_filter";
      case Outcome.PictureBlocked blocked -> "content_filter";
      case Outcome.NoSuchFilter none -> "InvalidContentFilterPolicy";
      case Outcome.TooLong tooLong -> code(tooLong.problem());
      case Outcome.Invalid invalid -> code(invalid.problem());
      case Outcome.NotSupported notSupported -> "OperationNotSupported";
      case Outcome.NotTaken notTaken -> "BadRequest";
      case Outcome.Failed failed -> failed.fault().reason();
    };
  }

  private static String code(InvalidRequest problem) {
    return problem.code() == null ? "invalid_request_error" : problem.code();
  }

  private static @Nullable Long retryAfterMillis(Outcome.Refusal refusal, Instant at) {
    return switch (refusal) {
      case Outcome.Throttled throttled ->
          throttled.denied().retryAfter().map(RetryAfter::millis).orElse(null);
      case Outcome.Full full -> RetryAfter.millis(full.full().retryAfter());
      case Outcome.PromptBlocked blocked -> null;
      case Outcome.PictureBlocked blocked -> null;
      case Outcome.NoSuchFilter none -> null;
      case Outcome.TooLong tooLong -> null;
      case Outcome.Invalid invalid -> null;
      case Outcome.NotSupported notSupported -> null;
      case Outcome.NotTaken notTaken -> null;
      case Outcome.Failed failed ->
          failed.fault().retryAfter(at).map(RetryAfter::millis).orElse(null);
    };
  }

  /**
   * How an answer ended.
   *
   * @param reason what broke it off; null when nothing did
   */
  record End(String name, @Nullable String reason) {

    static final End COMPLETE = new End(JournalEntry.COMPLETE, null);
    static final End CANCELLED = new End(JournalEntry.CANCELLED, null);

    static End of(AnswerStream.Progress progress) {
      String failure = progress.failure();
      if (failure != null) {
        return new End(JournalEntry.FAILED, failure);
      }
      return progress.complete() ? COMPLETE : CANCELLED;
    }
  }

  void answered(Call call, Answer answer, long charged, End end, Instant at) {
    DeploymentId deployment = answer.deployment().id();
    count(call.origin(), deployment, 200);
    metrics.answered(
        deployment.resource(),
        deployment.name(),
        answer.request().stream() ? "stream" : "whole",
        Duration.between(answer.created(), at));
    count(deployment, "charged", charged);
    count(deployment, "prompt", answer.usage().promptTokens());
    count(deployment, "completion", answer.usage().completionTokens());
    record(
        line(call, answer.created(), 200, end.reason(), charged, answer.usage(), null, end.name())
            .servedBy(deployment.name(), answer.spilledFrom()));
  }

  /** A call that was answered from a recording. */
  void played(Call call, Playback playback, Playback.Charge charge, Instant at) {
    DeploymentId deployment = playback.deployment().id();
    RecordedAnswer answer = playback.answer();
    count(call.origin(), deployment, answer.status());
    metrics.answered(
        deployment.resource(),
        deployment.name(),
        answer.streamed() ? "stream" : "whole",
        Duration.between(playback.arrived(), at));
    count(deployment, "charged", charge.tokens());
    Usage used = charge.used();
    if (used != null) {
      count(deployment, "prompt", used.promptTokens());
      count(deployment, "completion", used.completionTokens());
    }
    record(
        new Line(
            call.origin(),
            playback.arrived(),
            deployment.name(),
            playback.spilledFrom(),
            answer.streamed(),
            answer.status(),
            answer.status() < 400 ? null : RECORDED,
            charge.tokens(),
            used,
            answer.retryAfter(at).map(RetryAfter::millis).orElse(null),
            end(playback.isComplete(), answer.cut())));
  }

  /** A call that no deployment had to do with, and that a recording answered. */
  public void played(Call.Origin origin, RecordedAnswer answer, Instant arrived) {
    elsewhere(origin, answer, RECORDED, end(true, answer.cut()), arrived);
  }

  /**
   * A call that another endpoint answered.
   *
   * @param complete whether the caller stayed to the end
   */
  public void forwarded(
      Call.Origin origin, RecordedAnswer answer, boolean complete, Instant arrived) {
    elsewhere(origin, answer, FORWARDED, end(complete, answer.cut()), arrived);
  }

  private void elsewhere(
      Call.Origin origin, RecordedAnswer answer, String by, String end, Instant arrived) {
    count(origin, nowhere(origin), answer.status());
    record(
        new Line(
            origin,
            arrived,
            null,
            null,
            answer.streamed(),
            answer.status(),
            answer.status() < 400 ? null : by,
            null,
            null,
            answer.retryAfter(arrived).map(RetryAfter::millis).orElse(null),
            end));
  }

  private static String end(boolean complete, boolean cut) {
    if (!complete) {
      return JournalEntry.CANCELLED;
    }
    return cut ? JournalEntry.FAILED : JournalEntry.COMPLETE;
  }

  private static DeploymentId nowhere(Call.Origin origin) {
    String resource = origin.resource();
    return new DeploymentId(resource == null ? NONE : resource, NONE);
  }

  private void count(Call.Origin origin, DeploymentId deployment, int status) {
    Operation operation = origin.operation();
    metrics.call(
        deployment.resource(),
        deployment.name(),
        operation == null ? NONE : operation.path(),
        origin.faults().status(status));
  }

  private void count(DeploymentId deployment, String kind, long tokens) {
    metrics.tokens(deployment.resource(), deployment.name(), kind, tokens);
  }

  /** What an entry says beside its number. */
  private record Line(
      Call.Origin origin,
      Instant at,
      @Nullable String deployment,
      @Nullable String spilledFrom,
      boolean stream,
      int status,
      @Nullable String reason,
      @Nullable Long charged,
      @Nullable Usage usage,
      @Nullable Long retryAfter,
      String end) {

    Line servedBy(String server, @Nullable String from) {
      return new Line(
          origin, at, server, from, stream, status, reason, charged, usage, retryAfter, end);
    }

    /** A stream says itself whether it came as far as its fault. */
    Line spoilt(Hit fault, Instant now) {
      if (stream && status == 200 && end.equals(JournalEntry.CANCELLED)) {
        return this;
      }
      boolean instead = fault.at().phase() == FaultPlace.Phase.HEADERS && fault.isAnswer();
      return new Line(
          origin,
          at,
          deployment,
          spilledFrom,
          stream,
          origin.faults().status(status),
          fault.reason(),
          charged,
          usage,
          instead ? fault.retryAfter(now).map(RetryAfter::millis).orElse(null) : retryAfter,
          instead ? JournalEntry.COMPLETE : JournalEntry.FAILED);
    }

    JournalEntry numbered(long number, Instant endedAt) {
      return new JournalEntry(
          number,
          at,
          endedAt,
          origin.requestId(),
          origin.clientRequestId(),
          origin.caller(),
          origin.method(),
          origin.path(),
          origin.apiVersion(),
          origin.resource(),
          deployment,
          spilledFrom,
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
    Instant endedAt = time.instant();
    Line told =
        line.origin().faults().spoiling().map(fault -> line.spoilt(fault, endedAt)).orElse(line);
    journal.record(number -> told.numbered(number, endedAt));
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
    return new Line(
        call.origin(),
        at,
        call.deployment().name(),
        null,
        call.stream(),
        status,
        reason,
        charged,
        usage,
        retryAfter,
        end);
  }
}
