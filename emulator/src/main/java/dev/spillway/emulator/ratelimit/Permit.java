package dev.spillway.emulator.ratelimit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The right to answer one request; must be settled exactly once when the answer is done.
 *
 * <p>A Standard deployment's charge is never corrected, so settling gives nothing back. A
 * provisioned one's is replaced by the actual cost.
 */
public final class Permit {

  /** Puts what a request really used in the place of what it was charged. */
  interface Correction {

    Correction NONE = (promptTokens, completionTokens) -> {};

    /**
     * Charges this instead.
     *
     * @param promptTokens without those that were cached
     */
    void replaceBy(long promptTokens, long completionTokens);
  }

  private final long chargedTokens;
  private final AtomicInteger unsettled;
  private final Correction correction;
  private final AtomicBoolean settled = new AtomicBoolean();

  Permit(long chargedTokens, AtomicInteger unsettled, Correction correction) {
    this.chargedTokens = chargedTokens;
    this.unsettled = unsettled;
    this.correction = correction;
    unsettled.incrementAndGet();
  }

  public long chargedTokens() {
    return chargedTokens;
  }

  /**
   * Settles with what was really used.
   *
   * @param promptTokens without those that were cached
   */
  public void settle(long promptTokens, long completionTokens) {
    settle();
    correction.replaceBy(promptTokens, completionTokens);
  }

  /** Settles with what was charged. */
  public void settle() {
    if (!settleOnce()) {
      throw new IllegalStateException("a permit was settled twice");
    }
  }

  /** Settles what a failure has left open, with what was charged. */
  public void abandon() {
    boolean unused = settleOnce();
  }

  private boolean settleOnce() {
    boolean first = settled.compareAndSet(false, true);
    if (first) {
      unsettled.decrementAndGet();
    }
    return first;
  }
}
