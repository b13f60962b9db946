package dev.spillway.router.plan;

/** How often a request that may have been executed is sent again, to be paid for twice. */
public enum RetryAmbiguous {
  NEVER(0),
  ONCE(1),
  /** As often as there are attempts, and as the budget of all requests allows. */
  BUDGET(Integer.MAX_VALUE);

  private final int times;

  RetryAmbiguous(int times) {
    this.times = times;
  }

  public int times() {
    return times;
  }
}
