package dev.spillway.router.attempt;

/**
 * What the retries of all requests may cost together, so that a backend in trouble is not asked
 * many times as often as one that is well: a share of the requests, and so many a second for
 * routers with little to do. What is not used is kept for ten seconds' worth.
 *
 * <p>Only attempts after one that may have been executed count. A throttled or unreachable backend
 * has done no work, and the next one gets no more than the request.
 */
final class RetryBudget {

  private static final double KEPT_SECONDS = 10;
  private static final double LEAST_KEPT = 10;

  private final double share;
  private final double perSecond;
  private final double most;
  private double credit;
  private long last;

  /**
   * A full budget.
   *
   * @param percent of the requests that may be retried
   * @param perSecond that may be retried anyhow
   */
  RetryBudget(int percent, int perSecond, long now) {
    this.share = percent / 100.0;
    this.perSecond = perSecond;
    this.most = Math.max(perSecond * KEPT_SECONDS, percent == 0 ? 0 : LEAST_KEPT);
    this.credit = most;
    this.last = now;
  }

  /** The budget after a change: this one, as far as the numbers are the same. */
  RetryBudget followedBy(RetryBudget changed) {
    boolean same = share == changed.share && perSecond == changed.perSecond;
    return same ? this : changed;
  }

  /** Another request has come. */
  synchronized void requested() {
    credit = Math.min(most, credit + share);
  }

  synchronized boolean mayRetry(long now) {
    refill(now);
    return credit >= 1;
  }

  synchronized void retried() {
    credit = Math.max(0, credit - 1);
  }

  private void refill(long now) {
    if (now - last > 0) { // of two threads the later one may have looked at its clock first
      credit = Math.min(most, credit + perSecond * (now - last) / 1e9);
      last = now;
    }
  }
}
