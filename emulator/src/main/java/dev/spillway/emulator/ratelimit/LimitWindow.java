package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;

/**
 * One limit over time: so much per window.
 *
 * <p>Where it is kept decides who shares it: {@link LimitStore}. One kept in this process is not
 * safe for several threads; {@link DeploymentLimiter} sees to that.
 */
interface LimitWindow {

  /** What {@link #nanosUntil} answers when no wait would help. */
  long NEVER = Long.MAX_VALUE;

  /** Whether so much is left now. */
  boolean has(long amount);

  /** Takes so much, where it is there; otherwise nothing, and the answer is false. */
  boolean charge(long amount);

  /** Nanoseconds until so much would be there, when nothing more is charged; 0 when it is. */
  long nanosUntil(long amount);

  long remaining();

  /** Nanoseconds until everything is there again, when nothing more is charged. */
  long nanosUntilFull();

  /** Gives the window another size; what it has charged stays charged. */
  default void resize(Limit limit) {
    resize(limit, 0);
  }

  /** Gives the window another size as of so long ago, where nothing has been charged since. */
  void resize(Limit limit, long nanosAgo);

  /** Gives up what is kept of it. */
  void forget();
}
