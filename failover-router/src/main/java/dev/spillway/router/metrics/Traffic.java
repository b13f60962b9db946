package dev.spillway.router.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How many attempts a pool's requests have needed. */
final class Traffic {

  private final LongAdder requests = new LongAdder();
  private final LongAdder attempts = new LongAdder();

  void add(int sent) {
    requests.increment();
    attempts.add(sent);
  }

  /** 1 where every request was sent once. */
  double ratio() {
    return (double) attempts.sum() / Math.max(1, requests.sum());
  }
}
