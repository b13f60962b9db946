package dev.spillway.simulation.story;

import dev.spillway.router.upstream.AttemptResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request that reached a backend, or tried to, as the backend saw it. */
public final class Attempt {

  /** What the backend did about it. */
  public enum Deed {
    /** Answered well, if perhaps not to the end. */
    SERVED,
    THROTTLED,
    /** The caller's own fault. */
    REFUSED,
    REJECTED,
    FAILED,
    GARBLED,
    UNREACHABLE,
    TIMED_OUT,
    RESET,
    STALE,
    /** The router hung up before there was an answer. */
    CANCELLED,
    /** Not known yet. */
    UNDER_WAY;

    /** Whether a request that it happens to may have been paid for. */
    public boolean isAmbiguous() {
      return switch (this) {
        case FAILED, GARBLED, TIMED_OUT, RESET -> true;
        case SERVED, THROTTLED, REFUSED, REJECTED, UNREACHABLE, STALE, CANCELLED, UNDER_WAY ->
            false;
      };
    }

    /** Whether it speaks against the backend. */
    public boolean isFailure() {
      return isAmbiguous() || this == UNREACHABLE || this == REJECTED;
    }
  }

  public final int number;
  public final int request;
  public final String backend;
  public final long askedAt;
  public final Duration firstByte;
  public final byte[] body;
  public Deed deed = Deed.UNDER_WAY;
  public long answeredAt;
  public @Nullable Duration wait;
  public int status;

  /** Whether a model has worked for it, and tokens were charged. */
  public boolean worked;

  /** All that it answers, were it not cut. */
  public String answer = "";

  public boolean stream;

  /** Whether the answer will break off after it has begun. */
  public boolean cut;

  public boolean closed = true;

  /** What the router took it for; null where it has hung up. */
  public @Nullable AttemptResult result;

  public Attempt(
      int number, int request, String backend, long askedAt, Duration firstByte, byte[] body) {
    this.number = number;
    this.request = request;
    this.backend = backend;
    this.askedAt = askedAt;
    this.answeredAt = askedAt;
    this.firstByte = firstByte;
    this.body = body;
  }

  public boolean isAnswered() {
    return deed != Deed.UNDER_WAY && deed != Deed.CANCELLED;
  }
}
