package dev.spillway.emulator.ratelimit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The right to answer one request; must be settled exactly once when the answer is done.
 *
 * <p>A Standard deployment's charge is never corrected, so settling gives nothing back.
 */
public final class Permit {

  private final long chargedTokens;
  private final AtomicInteger unsettled;
  private final AtomicBoolean settled = new AtomicBoolean();

  Permit(long chargedTokens, AtomicInteger unsettled) {
    this.chargedTokens = chargedTokens;
    this.unsettled = unsettled;
    unsettled.incrementAndGet();
  }

  public long chargedTokens() {
    return chargedTokens;
  }

  public void settle() {
    if (!settled.compareAndSet(false, true)) {
      throw new IllegalStateException("a permit was settled twice");
    }
    unsettled.decrementAndGet();
  }
}
