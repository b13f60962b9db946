package dev.spillway.simulation.invariant;

import dev.spillway.router.trace.Step;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.CallerSpec;
import java.time.Duration;

/**
 * A caller gets as many requests in a minute as it may have and no more, to the last one; a request
 * beyond that is the router's own affair: nobody is asked, and it is told how long to wait exactly.
 *
 * <p>So many a minute flow back evenly: each takes {@code 60 s / quota}, and the sum of what has
 * not come back yet is a minute at most.
 */
final class QuotaIsOurs implements Invariant {

  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  @Override
  public String name() {
    return "Q1 a quota is ours";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (Request request : story.requests()) {
      if (request.overQuota != null) {
        terminal(story, request, findings);
      }
    }
    story.world().callers().forEach(caller -> exact(story, caller, findings));
  }

  private static void terminal(Story story, Request request, Findings findings) {
    findings.unless(
        request.status == 429 && request.isRoutersOwn() && request.retryAfter == null,
        () -> "#%d is over its quota and gets %d".formatted(request.number, request.status));
    findings.unless(
        story.attemptsAt(request).isEmpty()
            && request.steps.stream().anyMatch(Step.OverQuota.class::isInstance)
            && request.answeredAt == request.sentAt,
        () -> "#%d is over its quota, and somebody was asked".formatted(request.number));
  }

  /** A caller's requests come one after the other, and are charged when they come. */
  private static void exact(Story story, CallerSpec caller, Findings findings) {
    double each = caller.requestsPerMinute() == 0 ? 0 : MINUTE / caller.requestsPerMinute();
    double taken = 0;
    long last = 0;
    for (Request request : story.requests()) {
      if (request.caller.equals(caller.name())) {
        taken = Math.max(0, taken - (request.sentAt - last));
        last = request.sentAt;
        double lacking = Math.max(0, taken + each - MINUTE);
        check(request, lacking, findings);
        taken += request.overQuota == null ? each : 0;
      }
    }
  }

  /** Whoever has left may have been refused before; to the nanosecond either may be. */
  private static void check(Request request, double lacking, Findings findings) {
    Duration told = request.overQuota;
    double wait = told == null ? 0 : told.toNanos();
    findings.unless(
        request.answers == 0 || Math.abs(wait - lacking) <= 1_000,
        () ->
            "#%d of %s is over its quota for %s, and should be for %.0f ns"
                .formatted(request.number, request.caller, told, lacking));
  }
}
