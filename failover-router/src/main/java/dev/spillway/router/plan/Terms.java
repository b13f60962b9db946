package dev.spillway.router.plan;

import java.time.Duration;

/**
 * On what terms a route serves its requests.
 *
 * @param hold how much of a stream is kept back
 * @param timeout for one request with all its attempts, until its answer begins
 * @param maxAttempts for one request
 * @param maxWait how long a request may wait for a rest to end when every backend rests
 * @param emptyAnswers what becomes of an answer without choices
 * @param detours where it may go on when a backend has refused it for its own sake
 */
public record Terms(
    StreamHold hold,
    Duration timeout,
    int maxAttempts,
    Duration maxWait,
    RetryAmbiguous retryAmbiguous,
    EmptyAnswers emptyAnswers,
    Detours detours) {

  /** Terms without detours, on which an answer without choices is a failure. */
  public Terms(
      StreamHold hold,
      Duration timeout,
      int maxAttempts,
      Duration maxWait,
      RetryAmbiguous retryAmbiguous) {
    this(hold, timeout, maxAttempts, maxWait, retryAmbiguous, EmptyAnswers.RETRY, Detours.NONE);
  }

  /** The same with other detours. */
  public Terms with(Detours others) {
    return new Terms(hold, timeout, maxAttempts, maxWait, retryAmbiguous, emptyAnswers, others);
  }
}
