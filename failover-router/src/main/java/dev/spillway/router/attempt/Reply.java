package dev.spillway.router.attempt;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.RequestTrace;
import java.time.Duration;

/**
 * What a caller gets, and how it came about.
 *
 * @param advance what is still to be put right when its answer is over
 * @param start when the request began, in {@code nanoTime}
 */
public record Reply(CallPlan call, Ending ending, RequestTrace trace, Advance advance, long start) {

  Duration age(long now) {
    return Duration.ofNanos(now - start);
  }
}
