package dev.spillway.router.upstream;

import java.time.Duration;
import java.util.Optional;

/** What came of one attempt. */
public sealed interface AttemptResult {

  /** Whether the model has worked. */
  default Execution execution() {
    return switch (this) {
      case Succeeded it -> Execution.EXECUTED;
      case Refused it -> Execution.EXECUTED;
      case Failed it -> Execution.MAYBE_EXECUTED;
      case Garbled it -> Execution.MAYBE_EXECUTED;
      case TimedOut it -> Execution.MAYBE_EXECUTED;
      case Reset it -> Execution.MAYBE_EXECUTED;
      case Unknown it -> Execution.NOT_EXECUTED;
      case Throttled it -> Execution.NOT_EXECUTED;
      case Rejected it -> Execution.NOT_EXECUTED;
      case TokenRefused it -> Execution.NOT_EXECUTED;
      case NoToken it -> Execution.NOT_EXECUTED;
      case Unreachable it -> Execution.NOT_EXECUTED;
      case Stale it -> Execution.NOT_EXECUTED;
    };
  }

  /** What the answer has said by the way, as far as it came. */
  default Heard heard() {
    return Heard.NOTHING;
  }

  /** The word for it in traces and metrics: the status where an answer came. */
  default String word() {
    return switch (this) {
      case WithAnswer it -> Integer.toString(it.answer().status());
      case NoToken it -> "no-token";
      case Garbled it -> "garbled";
      case Unreachable it -> "unreachable";
      case TimedOut it -> "timeout";
      case Reset it -> "reset";
      case Stale it -> "stale";
    };
  }

  /** A result that an answer came with. */
  sealed interface WithAnswer extends AttemptResult {
    Answer answer();

    @Override
    default Heard heard() {
      return answer().heard();
    }
  }

  /** A good answer. */
  record Succeeded(Answer answer) implements WithAnswer {}

  /** The caller's own fault: 400, content filter, an unknown path and the like. */
  record Refused(Answer answer) implements WithAnswer {
    /** What it was refused for. */
    public RefusedFor reason() {
      return RefusedFor.of(answer);
    }
  }

  /** What the request concerns is not at this backend; it may be at another. */
  record Unknown(Answer answer) implements WithAnswer {}

  /** 429, or 503 with a wait. */
  record Throttled(Answer answer, Optional<Duration> asked) implements WithAnswer {}

  /** 401, 403 or DeploymentNotFound: the router's own key or deployment is wrong there. */
  record Rejected(Answer answer) implements WithAnswer {}

  /** 401 to a token that was the newest when the request was sent; there is another one now. */
  record TokenRefused(Answer answer) implements WithAnswer {}

  /** There is no token to ask the backend with, so it was not asked. */
  record NoToken(String why) implements AttemptResult {}

  /** 500, 502, 504, 529, 408, 499, or 503 without a wait. */
  record Failed(Answer answer) implements WithAnswer {}

  /** 200 with an empty or broken body, or with HTML where JSON was due. */
  record Garbled(String why, Heard heard) implements AttemptResult {
    public Garbled(String why) {
      this(why, Heard.NOTHING);
    }
  }

  /** Refused connection, unknown host, failed handshake: no byte of the request was sent. */
  record Unreachable(String why) implements AttemptResult {}

  /** No headers, or not the whole of an unstreamed body, within the limit. */
  record TimedOut(Heard heard) implements AttemptResult {
    public TimedOut() {
      this(Heard.NOTHING);
    }
  }

  /** The connection broke before the answer was complete and before any of it was passed on. */
  record Reset(String why, Heard heard) implements AttemptResult {
    public Reset(String why) {
      this(why, Heard.NOTHING);
    }
  }

  /** A kept connection turned out to be closed before a byte of the answer had come. */
  record Stale() implements AttemptResult {}
}
