package dev.spillway.router.lookahead;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one limit is believed to be: as answers tell, else as configured, else as follows from what
 * they say is left; where they say nothing, no more than refusals show.
 */
final class LimitBelief {

  /** What a window holds of which nothing is known but that it exists. */
  static final double UNBOUNDED = 1e15;

  private final Guess guess = new Guess();
  private double known;
  private boolean guessed;
  private boolean isTold;
  private @Nullable Ceiling ceiling;

  /** One of which the configuration says this; null for nothing. */
  LimitBelief(@Nullable Long configured) {
    this.known = configured == null ? UNBOUNDED : configured;
  }

  double of(long now) {
    double limit = guessed ? (double) guess.of(now) : known;
    return ceiling == null ? limit : ceiling.of(limit, now);
  }

  /** Whether answers tell of it. */
  boolean isTold() {
    return isTold;
  }

  /**
   * Learns what an answer tells, and says whether that was anything.
   *
   * @param taken how much its request was charged at least
   * @param fresh whether it was the first of a window, and charged so much
   */
  boolean told(Told.Limit told, LongSupplier taken, boolean fresh, long now) {
    Long limit = told.limit();
    Long left = told.remaining();
    if (limit == null ? left == null : limit == 0) {
      return false;
    }
    isTold = true;
    ceiling = null;
    if (limit != null) {
      known = limit;
      guessed = false;
    } else if (left != null) {
      left(left, taken, fresh, now);
    }
    return true;
  }

  private void left(long left, LongSupplier taken, boolean fresh, long now) {
    if (guessed || known >= UNBOUNDED) {
      guessed = true;
      guess.learn(Math.max(1, left + taken.getAsLong()), fresh, now);
    } else if (left > known) {
      known = left + taken.getAsLong();
    }
  }

  /**
   * A request was refused that seemed to have room, and nothing was told.
   *
   * @param used what had been let in by then
   * @param wait until the window ends
   */
  void refused(double used, Duration wait, long now) {
    Ceiling shown = ceiling == null ? new Ceiling() : ceiling;
    shown.refused(used, wait, now);
    ceiling = shown;
  }
}
