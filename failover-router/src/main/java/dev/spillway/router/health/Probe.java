package dev.spillway.router.health;

import java.time.Duration;

/**
 * The one request at a time that may try a backend in doubt. A request that never reports back
 * keeps it for no longer than a minute.
 */
final class Probe {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private boolean taken;
  private long until;

  synchronized boolean isFree(long now) {
    return !taken || until - now <= 0;
  }

  /** Takes it; false when another request was faster. */
  synchronized boolean take(long now) {
    if (!isFree(now)) {
      return false;
    }
    taken = true;
    until = now + LONGEST.toNanos();
    return true;
  }

  synchronized void release() {
    taken = false;
  }
}
