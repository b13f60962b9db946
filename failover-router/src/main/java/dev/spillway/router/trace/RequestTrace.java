package dev.spillway.router.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided about one request. Holds no key, no header and no body.
 *
 * @param at when it began
 * @param candidates the backends considered, in order
 * @param steps what happened, in order
 */
public record RequestTrace(
    RequestId id,
    Instant at,
    Asked asked,
    List<String> candidates,
    List<Step> steps,
    Outcome outcome,
    Course course) {

  /**
   * What came in.
   *
   * @param caller the name of the client whose key came with it
   * @param name the deployment, model or path that the caller named
   * @param operation the path below the deployment, as in {@code chat/completions}
   */
  public record Asked(String caller, String method, String name, String operation, String pool) {}

  /**
   * What the caller gets.
   *
   * @param why it ended: {@code answered}, {@code exhausted}, {@code ambiguous}, {@code deadline}…
   * @param backend whose answer it is; null for one of the router's own
   * @param took until that was known
   */
  public record Outcome(String why, int status, @Nullable String backend, Duration took) {}

  /**
   * How the answer went on from there.
   *
   * @param took from the beginning of the request until now
   */
  public record Course(Delivery delivery, Duration took) {}

  public int attempts() {
    return (int) steps.stream().filter(Step.Attempted.class::isInstance).count();
  }

  /** The same, further on. */
  public RequestTrace with(Course further) {
    return new RequestTrace(id, at, asked, candidates, steps, outcome, further);
  }
}
