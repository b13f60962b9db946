package dev.spillway.router.lookahead;

import java.time.Duration;

/**
 * How much a minute lets in where nothing but refusals tells of it: as much as was let in before
 * one came that was not expected.
 *
 * <p>Whether it is more by now is tried in the next minute, and where that ends with the same
 * refusal, after 1, 2 and then every 4 more. So a limit that stays costs a refusal in five minutes,
 * and one that was raised is found after as long.
 */
final class Ceiling {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int RAREST = 4;

  /** What is let in is the same up to a request or two. */
  private static final double SAME = 0.1;

  private double admitted = Double.POSITIVE_INFINITY;
  private int pause;
  private long refusedUntil;
  private boolean refused;

  /** What may be sent, where without refusals it would be this. */
  double of(double limit, long now) {
    return isTrying(now) ? limit : Math.min(limit, admitted);
  }

  private boolean isTrying(long now) {
    return !refused || now - (refusedUntil + pause * MINUTE) >= 0;
  }

  /**
   * A request was refused that seemed to have room.
   *
   * @param used what had been let in by then
   * @param wait until the window ends
   */
  void refused(double used, Duration wait, long now) {
    if (refused && now - refusedUntil < 0) {
      admitted = Math.min(admitted, used); // it was on its way when the first one was refused
      return;
    }
    boolean same = refused && Math.abs(used - admitted) <= SAME * admitted;
    pause = same ? Math.clamp(2L * pause, 1, RAREST) : 0;
    admitted = Math.max(1, used);
    refused = true;
    refusedUntil = now + wait.toNanos();
  }
}
