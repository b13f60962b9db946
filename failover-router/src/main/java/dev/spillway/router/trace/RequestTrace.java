package dev.spillway.router.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided about one request. Holds no key, no header and no body.
 *
 * @param span its place in a distributed trace; null where nobody collects spans
 * @param at when it began
 * @param candidates the backends considered, in order
 * @param steps what happened, in order
 */
public record RequestTrace(
    RequestId id,
    @Nullable SpanContext span,
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

  /** The quota that the caller has used up, where that is why it was refused. */
  public Optional<Step.OverQuota> overQuota() {
    return steps.stream()
        .filter(Step.OverQuota.class::isInstance)
        .map(Step.OverQuota.class::cast)
        .findFirst();
  }

  /** The rule that chose the pool, and why it fits; nothing where there are no rules. */
  public Optional<String> routedBy() {
    return steps.stream()
        .filter(Step.Routed.class::isInstance)
        .map(step -> ((Step.Routed) step).why())
        .findFirst();
  }

  /** An attempt, and what it was good for. */
  public record Work(Step.Attempted attempt, Purpose purpose) {}

  /** Every attempt, in order. */
  public List<Work> works() {
    List<Work> works = new ArrayList<>(steps.size());
    for (Step step : steps) {
      if (step instanceof Step.Attempted attempt) {
        works.add(new Work(attempt, purpose(attempt)));
      }
    }
    return works;
  }

  private Purpose purpose(Step.Attempted attempt) {
    if (attempt.wasAbandoned()) {
      return Purpose.LEFT;
    }
    boolean passedOn = outcome.backend() != null && attempt.equals(steps.getLast());
    if (!passedOn || outcome.status() >= 400) {
      return Purpose.LOST;
    }
    return switch (course.delivery()) {
      case STARTED, COMPLETE -> Purpose.SERVED;
      case CUT, ROUTER_STOPPED -> Purpose.CUT;
      case CALLER_LEFT -> Purpose.LEFT;
    };
  }

  /** The same further on, when it is known what the answer that was passed on has cost. */
  public RequestTrace with(Course further, Spent spent) {
    List<Step> known = new ArrayList<>(steps);
    if (!steps.isEmpty() && steps.getLast() instanceof Step.Attempted last) {
      known.set(known.size() - 1, last.with(spent));
    }
    return new RequestTrace(id, span, at, asked, candidates, List.copyOf(known), outcome, further);
  }
}
