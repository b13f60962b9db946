package dev.spillway.router.upstream;

import java.time.Duration;

/**
 * How long one attempt waits for what comes next, by what has come so far. Moments are those of
 * whoever counts them.
 */
public final class Patience {

  public static final long NEVER = Long.MAX_VALUE;

  /** An error is judged by its headers when its body takes longer. */
  private static final Duration ERROR_BODY = Duration.ofSeconds(1);

  private final long headBy;
  private final long firstContentBy;
  private final Duration betweenChunks;
  private final long wholeBy;
  private volatile long errorBodyBy = NEVER;
  private volatile boolean speaks;
  private volatile boolean passedOn;
  private volatile long nextChunkBy = NEVER;

  /** That of an attempt which begins now. */
  public Patience(AttemptLimits limits, long now) {
    this.headBy = now + limits.firstByte().toNanos();
    this.firstContentBy = now + limits.firstContent().toNanos();
    this.betweenChunks = limits.betweenChunks();
    this.wholeBy = now + limits.whole().toNanos();
  }

  /** The headers of an error have come. */
  public void errorBegan(long now) {
    errorBodyBy = now + ERROR_BODY.toNanos();
  }

  /** A stream has said something. */
  public void speaks() {
    speaks = true;
  }

  /** The answer is the caller's from here on. */
  public void passedOn() {
    passedOn = true;
  }

  /** Somebody waits for more of an answer that arrives. */
  public void waits(long now) {
    if (speaks) {
      nextChunkBy = now + betweenChunks.toNanos();
    }
  }

  /** It has come. */
  public void served() {
    nextChunkBy = NEVER;
  }

  /** Until when the headers must be there. */
  public long untilHead() {
    return headBy;
  }

  /** Until when a body must be whole that is not looked at before. */
  public long untilWhole() {
    return errorBodyBy != NEVER && errorBodyBy - wholeBy < 0 ? errorBodyBy : wholeBy;
  }

  /**
   * Until when an answer that arrives must go on. The request's own time is over even when a stream
   * that nobody has seen yet goes on.
   */
  public long untilMore() {
    if (passedOn) {
      return nextChunkBy;
    }
    long silentBy = speaks ? nextChunkBy : firstContentBy;
    return silentBy == NEVER || wholeBy - silentBy < 0 ? wholeBy : silentBy;
  }
}
