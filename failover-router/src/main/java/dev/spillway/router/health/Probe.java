package dev.spillway.router.health;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one request at a time that may try a backend in doubt. Only whoever has taken it can give it
 * back; a request that never reports back keeps it for no longer than a minute.
 */
final class Probe {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private @Nullable Taken holder;
  private long until;

  synchronized boolean isFree(long now) {
    return holder == null || until - now <= 0;
  }

  /** Takes it; empty when another request was faster. */
  synchronized Optional<ProbeTicket> take(long now) {
    if (!isFree(now)) {
      return Optional.empty();
    }
    Taken taken = new Taken();
    holder = taken;
    until = now + LONGEST.toNanos();
    return Optional.of(taken);
  }

  /** Nobody holds it any more, whoever did. */
  synchronized void forget() {
    holder = null;
  }

  private final class Taken implements ProbeTicket {
    @Override
    public void close() {
      synchronized (Probe.this) {
        if (this.equals(holder)) {
          holder = null;
        }
      }
    }
  }
}
