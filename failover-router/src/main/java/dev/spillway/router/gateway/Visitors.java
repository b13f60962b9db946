package dev.spillway.router.gateway;

/** Counts the calls that are inside, and notices the last one after no more were admitted. */
final class Visitors {

  private final Runnable afterTheLast;
  private int inside;
  private boolean closed;

  /**
   * Nobody yet.
   *
   * @param afterTheLast run once, by whoever is the last to leave or finds nobody inside
   */
  Visitors(Runnable afterTheLast) {
    this.afterTheLast = afterTheLast;
  }

  /** Goes in; false when it is too late for that. */
  synchronized boolean enter() {
    if (!closed) {
      inside++;
    }
    return !closed;
  }

  void leave() {
    if (countedOut()) {
      afterTheLast.run();
    }
  }

  void admitNoMore() {
    if (closedEmpty()) {
      afterTheLast.run();
    }
  }

  private synchronized boolean countedOut() {
    inside--;
    return closed && inside == 0;
  }

  private synchronized boolean closedEmpty() {
    boolean first = !closed;
    closed = true;
    return first && inside == 0;
  }
}
