package dev.spillway.simulation.backend;

import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Permit;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerJudge;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.world.FaultKind;
import dev.spillway.simulation.world.WaitForm;
import dev.spillway.simulation.world.World.BackendSpec;
import dev.spillway.simulation.world.World.RequestSpec;
import dev.spillway.simulation.world.Year;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request at one backend, from its arrival to an answer that the router can judge. The judge is
 * the router's own.
 */
final class Visit {

  private static final int MAX_BUFFERED = 8 * 1024 * 1024;
  private static final int SLOWER = 20;

  /** What the service answers no sooner than it must. */
  private static final class TooLate extends Exception {
    private static final long serialVersionUID = 1L;

    TooLate() {
      super("too late", null, false, false);
    }
  }

  private final BackendSpec backend;
  private final RequestSpec spec;
  private final Attempt attempt;
  private final AttemptLimits limits;
  private final Quotas quotas;
  private final Script script;
  private final TimeSource time;
  private final AnswerJudge judge;
  private final @Nullable FaultKind fault;
  private final Year year;
  private List<Header> limitHeaders = List.of();
  private Admission.@Nullable Limited limited;

  Visit(
      BackendSpec backend,
      Request request,
      Attempt attempt,
      CallPlan call,
      AttemptLimits limits,
      SimulatedUpstream upstream) {
    this.backend = backend;
    this.spec = request.spec;
    this.attempt = attempt;
    this.limits = limits;
    this.quotas = upstream.quotas();
    this.script = upstream.script();
    this.time = upstream.time();
    this.year = upstream.year();
    this.judge = new AnswerJudge(call, MAX_BUFFERED, time);
    this.fault = script.strikes(backend.name(), attempt.askedAt).orElse(null);
  }

  AttemptResult result() throws InterruptedException {
    try {
      return fault == null ? arrive() : fail(fault);
    } catch (TooLate e) {
      return did(Deed.TIMED_OUT, new AttemptResult.TimedOut());
    }
  }

  private AttemptResult fail(FaultKind kind) throws InterruptedException, TooLate {
    return switch (kind) {
      case UNREACHABLE -> {
        pause(Duration.ofMillis(script.oneOf(0, 1, 500)));
        yield did(Deed.UNREACHABLE, new AttemptResult.Unreachable("ConnectException"));
      }
      case STALE_CONNECTION -> did(Deed.STALE, new AttemptResult.Stale());
      case SILENT -> {
        pause(Duration.ofDays(2));
        throw new TooLate();
      }
      case THROTTLES -> throttles(429, Duration.ofMillis(1 + script.below(30_000)));
      case UNAVAILABLE_WITH_WAIT -> {
        pause(backend.latency());
        Throttling said = Throttling.of(WaitForm.SECONDS, randomWait(), null, time.instant());
        yield throttled(Answers.error(503, "503", said.message(), said.headers()), said);
      }
      case SERVER_ERROR -> answers(Deed.FAILED, script.oneOf(500, 502, 503, 504, 529, 408, 499));
      case ERROR_PAGE -> answers(Deed.FAILED, Answers.page(script.oneOf(502, 503)));
      case WRONG_KEY -> answers(Deed.REJECTED, script.oneOf(401, 403));
      case NO_DEPLOYMENT ->
          answers(Deed.REJECTED, Answers.error(404, "DeploymentNotFound", "None.", List.of()));
      case FILTERED ->
          answers(Deed.REFUSED, Answers.error(400, "content_filter", "Filtered.", List.of()));
      case SLOW,
          RESET,
          EMPTY_BODY,
          BROKEN_JSON,
          PAGE_INSTEAD_OF_JSON,
          STREAM_FAILS_AT_ONCE,
          STREAM_THROTTLED_AT_ONCE,
          STREAM_CUT,
          STREAM_ENDS_EARLY,
          STREAM_STALLS,
          STREAM_GARBLED ->
          arrive();
    };
  }

  private AttemptResult arrive() throws InterruptedException, TooLate {
    pause(way());
    Admission admission =
        spec.bad()
            ? quotas.admitUnreadable(backend.deployment())
            : quotas.admit(backend.deployment(), spec);
    return switch (admission) {
      case Admission.Denied denied -> {
        Duration wait = denied.retryAfter().orElse(null);
        boolean reset = wait != null && backend.waits().isExact();
        limited = denied.limited();
        limitHeaders = LimitHeaders.refused(year, denied, reset);
        yield throttles(429, wait);
      }
      case Admission.Full full -> {
        limitHeaders = LimitHeaders.full(full);
        yield throttles(429, full.retryAfter());
      }
      case Admission.Admitted admitted -> {
        limitHeaders = LimitHeaders.served(year, admitted.readings());
        yield work(admitted.permit());
      }
    };
  }

  /** A request takes its time to the counter, and not always the same. */
  private Duration way() {
    long usual = backend.latency().toNanos() / 10;
    return Duration.ofNanos(usual / 2 + script.upTo(usual));
  }

  private AttemptResult work(Permit permit) throws InterruptedException, TooLate {
    boolean streams = false;
    try {
      if (spec.bad()) {
        return answers(Deed.REFUSED, 400);
      }
      attempt.worked = true;
      pause(backend.latency().multipliedBy(fault == FaultKind.SLOW ? SLOWER : 1));
      if (spec.stream() && !isWholeAnyhow()) {
        streams = true;
        return stream(permit);
      }
      return whole();
    } finally {
      if (!streams) {
        settle(permit, spec.maxTokens());
      }
    }
  }

  private boolean isWholeAnyhow() {
    return fault == FaultKind.RESET
        || fault == FaultKind.EMPTY_BODY
        || fault == FaultKind.BROKEN_JSON
        || fault == FaultKind.PAGE_INSTEAD_OF_JSON;
  }

  private AttemptResult whole() {
    String completion = Answers.completion(attempt.number);
    if (fault == FaultKind.RESET) {
      return did(Deed.RESET, new AttemptResult.Reset("EofException"));
    }
    if (fault == FaultKind.EMPTY_BODY) {
      return judged(Deed.GARBLED, Answers.json(200, "", limitHeaders));
    }
    if (fault == FaultKind.BROKEN_JSON) {
      return judged(Deed.GARBLED, Answers.json(200, completion.substring(0, 30), limitHeaders));
    }
    if (fault == FaultKind.PAGE_INSTEAD_OF_JSON) {
      return judged(Deed.GARBLED, Answers.page(200));
    }
    attempt.answer = completion;
    return judged(Deed.SERVED, Answers.json(200, completion, limitHeaders));
  }

  /** From its head on; whoever leaves it, or its end, settles the permit. */
  private AttemptResult stream(Permit permit) throws InterruptedException {
    List<String> all = Answers.stream(attempt.number, spec.chunks());
    attempt.stream = true;
    attempt.answer = String.join("", all);
    attempt.closed = false;
    StreamFault how = StreamFault.of(fault, all, attempt.number, script);
    attempt.cut = how.isCut();
    if (!how.error().isEmpty()) {
      attempt.answer = how.error();
    }
    SlowStream stream =
        new SlowStream(
            time,
            how.pieces(),
            backend.perChunk(),
            how.end(),
            limits,
            attempt.askedAt,
            read -> left(permit, read));
    AttemptResult result;
    try {
      result = judge.arriving(Answers.events(limitHeaders), stream, stream::speaks);
      stream.passedOn();
    } catch (InterruptedIOException e) {
      stream.close();
      throw new InterruptedException();
    } catch (IOException e) {
      stream.close();
      result =
          stream.isExpired() ? new AttemptResult.TimedOut() : new AttemptResult.Reset("broke off");
    }
    return did(how.deed(result), how.asked(), result);
  }

  private void left(Permit permit, int read) {
    attempt.closed = true;
    settle(permit, Math.min(read, spec.maxTokens()));
  }

  private void settle(Permit permit, int completionTokens) {
    permit.settle(Math.ceilDiv(spec.promptCharacters(), 4), completionTokens);
  }

  private AttemptResult throttles(int status, @Nullable Duration wait)
      throws InterruptedException, TooLate {
    pause(Duration.ofMillis(1));
    Throttling said = Throttling.of(backend.waits(), wait, limited, time.instant());
    List<Header> headers = new ArrayList<>(said.headers());
    headers.addAll(limitHeaders);
    return throttled(Answers.error(status, "429", said.message(), headers), said);
  }

  private AttemptResult throttled(Answer answer, Throttling said) {
    says(answer);
    return did(Deed.THROTTLED, said.said(), judge.whole(answer));
  }

  private Duration randomWait() {
    return Duration.ofMillis(1 + script.below(20_000));
  }

  private AttemptResult answers(Deed deed, int status) throws InterruptedException, TooLate {
    return answers(
        deed, Answers.error(status, "" + status, "Says " + attempt.number + ".", limitHeaders));
  }

  private AttemptResult answers(Deed deed, Answer answer) throws InterruptedException, TooLate {
    pause(backend.latency());
    return judged(deed, answer);
  }

  private AttemptResult judged(Deed deed, Answer answer) {
    says(answer);
    return did(deed, judge.whole(answer));
  }

  private void says(Answer answer) {
    attempt.status = answer.status();
    attempt.answer = new String(answer.bytes(), StandardCharsets.UTF_8);
  }

  private AttemptResult did(Deed deed, AttemptResult result) {
    return did(deed, null, result);
  }

  private AttemptResult did(Deed deed, @Nullable Duration wait, AttemptResult result) {
    attempt.deed = deed;
    attempt.wait = wait;
    attempt.result = result;
    return result;
  }

  /** Waits, but no longer than the router does. */
  private void pause(Duration pause) throws InterruptedException, TooLate {
    long until = time.nanoTime() + pause.toNanos();
    Duration patience =
        limits.firstByte().compareTo(limits.whole()) < 0 ? limits.firstByte() : limits.whole();
    long by = attempt.askedAt + patience.toNanos();
    if (until - by >= 0) {
      time.sleepUntil(by);
      throw new TooLate();
    }
    time.sleepUntil(until);
  }
}
