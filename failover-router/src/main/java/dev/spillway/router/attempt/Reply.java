package dev.spillway.router.attempt;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.quota.Charge;
import dev.spillway.router.trace.RequestTrace;
import java.time.Duration;

/**
 * What a caller gets, and how it came about.
 *
 * @param charge of the caller's quota
 * @param start when the request began, in {@code nanoTime}
 */
public record Reply(CallPlan call, Ending ending, RequestTrace trace, Charge charge, long start) {

  Duration age(long now) {
    return Duration.ofNanos(now - start);
  }
}
