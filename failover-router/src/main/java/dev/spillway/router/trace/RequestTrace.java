package dev.spillway.router.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided about one request. Holds no key, no header and no body.
 *
 * @param number counted from 0 since the start
 * @param name the deployment, model or path that the caller named
 * @param candidates the backends considered, in order
 * @param ending why it ended: {@code exhausted}, {@code ambiguous}, {@code deadline}, ...
 * @param backend whose answer the caller gets; null for one of the router's own
 */
public record RequestTrace(
    long number,
    Instant at,
    String caller,
    String method,
    String name,
    String operation,
    String pool,
    List<String> candidates,
    List<Step> steps,
    String ending,
    int status,
    @Nullable String backend,
    Duration took,
    Delivery delivery) {

  public int attempts() {
    return (int) steps.stream().filter(Step.Attempted.class::isInstance).count();
  }

  RequestTrace with(Delivery changed) {
    return new RequestTrace(
        number,
        at,
        caller,
        method,
        name,
        operation,
        pool,
        candidates,
        steps,
        ending,
        status,
        backend,
        took,
        changed);
  }
}
