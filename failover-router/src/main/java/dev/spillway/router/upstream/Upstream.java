package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;

/**
 * Makes one attempt and says what came of it. Never throws for anything that a backend does, and
 * never decides what happens next.
 */
public interface Upstream extends AutoCloseable {

  /**
   * Sends the call to one backend; blocks until its answer can be judged.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits)
      throws InterruptedException;

  /** Lets go of what it has; nothing is sent after that. */
  @Override
  default void close() {}
}
