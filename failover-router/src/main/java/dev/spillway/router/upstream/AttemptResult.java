package dev.spillway.router.upstream;

import java.time.Duration;
import java.util.Optional;

/** What came of one attempt. */
public sealed interface AttemptResult {

  Execution execution();

  /** What the answer has said by the way, as far as it came. */
  default Heard heard() {
    return Heard.NOTHING;
  }

  /** The word for it in traces and metrics. */
  String word();

  /** A result that an answer came with. */
  sealed interface WithAnswer extends AttemptResult {
    Answer answer();

    @Override
    default Heard heard() {
      return answer().heard();
    }

    @Override
    default String word() {
      return Integer.toString(answer().status());
    }
  }

  /** A good answer. */
  record Succeeded(Answer answer) implements WithAnswer {
    @Override
    public Execution execution() {
      return Execution.EXECUTED;
    }
  }

  /** The caller's own fault: 400, content filter, an unknown path and the like. */
  record Refused(Answer answer) implements WithAnswer {
    /** What it was refused for. */
    public RefusedFor reason() {
      return RefusedFor.of(answer);
    }

    @Override
    public Execution execution() {
      return Execution.EXECUTED;
    }
  }

  /** What the request concerns is not at this backend; it may be at another. */
  record Unknown(Answer answer) implements WithAnswer {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }
  }

  /** 429, or 503 with a wait. */
  record Throttled(Answer answer, Optional<Duration> asked) implements WithAnswer {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }
  }

  /** 401, 403 or DeploymentNotFound: the router's own key or deployment is wrong there. */
  record Rejected(Answer answer) implements WithAnswer {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }
  }

  /** 401 to a token that was the newest when the request was sent; there is another one now. */
  record TokenRefused(Answer answer) implements WithAnswer {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }
  }

  /** There is no token to ask the backend with, so it was not asked. */
  record NoToken(String why) implements AttemptResult {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }

    @Override
    public String word() {
      return "no-token";
    }
  }

  /** 500, 502, 504, 529, 408, 499, or 503 without a wait. */
  record Failed(Answer answer) implements WithAnswer {
    @Override
    public Execution execution() {
      return Execution.MAYBE_EXECUTED;
    }
  }

  /** 200 with an empty or broken body, or with HTML where JSON was due. */
  record Garbled(String why, Heard heard) implements AttemptResult {
    public Garbled(String why) {
      this(why, Heard.NOTHING);
    }

    @Override
    public Execution execution() {
      return Execution.MAYBE_EXECUTED;
    }

    @Override
    public String word() {
      return "garbled";
    }
  }

  /** Refused connection, unknown host, failed handshake: no byte of the request was sent. */
  record Unreachable(String why) implements AttemptResult {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }

    @Override
    public String word() {
      return "unreachable";
    }
  }

  /** No headers, or not the whole of an unstreamed body, within the limit. */
  record TimedOut(Heard heard) implements AttemptResult {
    public TimedOut() {
      this(Heard.NOTHING);
    }

    @Override
    public Execution execution() {
      return Execution.MAYBE_EXECUTED;
    }

    @Override
    public String word() {
      return "timeout";
    }
  }

  /** The connection broke before the answer was complete and before any of it was passed on. */
  record Reset(String why, Heard heard) implements AttemptResult {
    public Reset(String why) {
      this(why, Heard.NOTHING);
    }

    @Override
    public Execution execution() {
      return Execution.MAYBE_EXECUTED;
    }

    @Override
    public String word() {
      return "reset";
    }
  }

  /** A kept connection turned out to be closed before a byte of the answer had come. */
  record Stale() implements AttemptResult {
    @Override
    public Execution execution() {
      return Execution.NOT_EXECUTED;
    }

    @Override
    public String word() {
      return "stale";
    }
  }
}
