package dev.spillway.time;

/** Holds up whoever comes until somebody opens it; it stays open then. */
public interface Gate {

  String name();

  /** Waits until it is open. */
  void pass() throws InterruptedException;

  /**
   * Waits until it is open, or the time that it belongs to has come so far.
   *
   * @return whether it is open
   */
  boolean passBy(long nanoTime) throws InterruptedException;

  void open();
}
