package dev.spillway.emulator.inference;

import java.util.function.Consumer;

/**
 * The end of a call whose answer is sent as a whole; for one thread.
 *
 * <p>Whoever sends it says when it is complete and closes it; without that the caller left.
 */
public final class Settlement implements AutoCloseable {

  private final Consumer<Boolean> settle;
  private boolean settled;

  /**
   * @param settle told once, true when the answer is complete
   */
  Settlement(Consumer<Boolean> settle) {
    this.settle = settle;
  }

  /** Settles and records the call as answered. */
  public void complete() {
    end(true);
  }

  /** Settles and records the call as left, when nobody said that it is complete. */
  @Override
  public void close() {
    end(false);
  }

  private void end(boolean complete) {
    if (!settled) {
      settled = true;
      settle.accept(complete);
    }
  }
}
