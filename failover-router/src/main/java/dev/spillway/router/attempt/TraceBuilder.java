package dev.spillway.router.attempt;

import dev.spillway.router.attempt.Decision.Deliver;
import dev.spillway.router.attempt.Decision.GiveUp;
import dev.spillway.router.attempt.Decision.Send;
import dev.spillway.router.attempt.Decision.Wait;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.lookahead.Room;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.quota.Admission;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Step;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Execution;
import dev.spillway.router.upstream.RefusedFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the steps of one request. */
final class TraceBuilder {

  private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final int LONGEST_ID = 80;

  private final Instant begun;
  private final long start;
  private final List<Step> steps = new ArrayList<>(4);
  private final Set<String> mentioned = new HashSet<>();

  /**
   * Begins a trace.
   *
   * @param begun when the request began
   * @param start the same in {@code nanoTime}
   * @param routedBy the rule that chose the pool; null where there are no rules
   */
  TraceBuilder(Instant begun, long start, @Nullable String routedBy) {
    this.begun = begun;
    this.start = start;
    if (routedBy != null) {
      steps.add(new Step.Routed(routedBy));
    }
  }

  Instant begun() {
    return begun;
  }

  void overQuota(Admission.Over over) {
    steps.add(new Step.OverQuota(over.limit().word(), over.retryAfter()));
  }

  /** Notes what the request concerns; the id may be whatever a caller has written. */
  void concerns(Stay stay) {
    switch (stay) {
      case Stay.Anywhere anywhere -> {}
      case Stay.With with -> steps.add(new Step.Concerned(shown(with.id()), with.backend()));
      case Stay.Search search -> steps.add(new Step.Concerned(shown(search.id()), null));
    }
  }

  private static String shown(String id) {
    String plain = UNUSUAL.matcher(id).replaceAll("?");
    return plain.length() <= LONGEST_ID ? plain : plain.substring(0, LONGEST_ID);
  }

  /** Notes whom the decision passes over, each backend once, and whom it asks against hope. */
  void decided(Decision decision, List<Candidate> candidates) {
    switch (decision) {
      case Send send -> passedOver(candidates, send.backend());
      case GiveUp giveUp -> passedOver(candidates, null);
      case Wait wait -> steps.add(new Step.Waited(wait.length()));
      case Deliver deliver -> {}
    }
  }

  void attempted(Backend backend, AttemptResult result, Spent spent, long sent, long now) {
    mentioned.add(backend.name());
    steps.add(
        new Step.Attempted(
            backend.name(),
            Duration.ofNanos(sent - start),
            result.word(),
            why(result),
            result.execution().name(),
            Duration.ofNanos(now - sent),
            asked(result),
            firstToken(result, sent),
            spent));
  }

  /** The caller left while the backend was at work. */
  void abandoned(Backend backend, Spent spent, long sent, long now) {
    mentioned.add(backend.name());
    steps.add(
        new Step.Attempted(
            backend.name(),
            Duration.ofNanos(sent - start),
            Step.Attempted.ABANDONED,
            null,
            Execution.MAYBE_EXECUTED.name(),
            Duration.ofNanos(now - sent),
            null,
            null,
            spent));
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  private void passedOver(List<Candidate> candidates, @Nullable Backend chosen) {
    for (Candidate candidate : candidates) {
      String name = candidate.backend().name();
      boolean asked = candidate.backend().equals(chosen);
      if (!asked && mentioned.add(name)) {
        skipped(candidate);
      } else if (asked && !mentioned.contains(name)) {
        expectedToRefuse(name, candidate.room());
      }
      if (asked) {
        return;
      }
    }
  }

  private void skipped(Candidate candidate) {
    String name = candidate.backend().name();
    switch (candidate.state()) {
      case HealthState.Resting it -> steps.add(new Step.Skipped(name, "resting", it.left()));
      case HealthState.Benched it -> steps.add(new Step.Skipped(name, "benched", it.left()));
      case HealthState.Quarantined it ->
          steps.add(new Step.Skipped(name, "quarantined", it.left()));
      case HealthState.HalfOpen it when candidate.hasRoom() ->
          steps.add(new Step.Skipped(name, "half-open", Duration.ZERO));
      case HealthState.HalfOpen it -> expectedToRefuse(name, candidate.room());
      case HealthState.Serving it -> expectedToRefuse(name, candidate.room());
    }
  }

  private void expectedToRefuse(String name, Room room) {
    switch (room) {
      case Room.TooLittle it ->
          steps.add(
              new Step.NoRoom(
                  name,
                  it.of().name().toLowerCase(Locale.ROOT),
                  it.needs(),
                  it.left(),
                  it.until()));
      case Room.Full it -> steps.add(new Step.Full(name, it.percent(), it.until()));
      case Room.TooSmall it -> steps.add(new Step.TooSmall(name, it.needs(), it.window()));
      case Room.Spilling it -> steps.add(new Step.Spilled(name, it.percent(), it.allowed()));
      case Room.Enough it -> {
        boolean unused = mentioned.remove(name);
      }
    }
  }

  private static @Nullable String why(AttemptResult result) {
    return switch (result) {
      case AttemptResult.Garbled garbled -> garbled.why();
      case AttemptResult.Unreachable unreachable -> unreachable.why();
      case AttemptResult.Reset reset -> reset.why();
      case AttemptResult.NoToken none -> none.why();
      case AttemptResult.Refused refused -> why(refused.reason());
      case AttemptResult.WithAnswer with -> null;
      case AttemptResult.TimedOut timedOut -> null;
      case AttemptResult.Stale stale -> null;
    };
  }

  private static @Nullable String why(RefusedFor reason) {
    return switch (reason) {
      case CONTEXT_LENGTH -> "too long for the model";
      case CONTENT_FILTER -> "refused by the content filter";
      case ITSELF -> null;
    };
  }

  private static @Nullable Duration firstToken(AttemptResult result, long sent) {
    Long spokeAt = result.heard().spokeAt();
    return spokeAt == null ? null : Duration.ofNanos(spokeAt - sent);
  }

  private static @Nullable Duration asked(AttemptResult result) {
    return result instanceof AttemptResult.Throttled throttled
        ? throttled.asked().orElse(null)
        : null;
  }
}
