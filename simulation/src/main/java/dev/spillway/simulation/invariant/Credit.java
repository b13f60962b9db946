package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.RouterLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * What the requests of one pool may be retried after attempts that may have been executed: {@code
 * min(most, credit + share x requests + floor x seconds) - retries}.
 */
final class Credit {

  private static final double KEPT_SECONDS = 10;
  private static final double LEAST_KEPT = 10;

  /** A request, or a retry. */
  private record Event(long at, boolean retry) {}

  private final double share;
  private final double perSecond;
  private final double most;
  private final List<Event> events = new ArrayList<>();

  Credit(Story story, String pool) {
    RouterLimits limits = story.world().limits();
    this.share = limits.retryShare() / 100.0;
    this.perSecond = limits.retryFloor();
    this.most = Math.max(perSecond * KEPT_SECONDS, share == 0 ? 0 : LEAST_KEPT);
    for (Request request : story.requests()) {
      if (request.pool.name().equals(pool) && request.overQuota == null) {
        events.add(new Event(request.sentAt, false));
        List<Attempt> attempts = story.attemptsAt(request);
        for (int i = 1; i < attempts.size(); i++) {
          if (attempts.get(i - 1).deed.isAmbiguous()) {
            events.add(new Event(attempts.get(i).askedAt, true));
          }
        }
      }
    }
    events.sort(
        (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Boolean.compare(a.retry, b.retry));
  }

  /** The least there ever was before a retry, and so much less than one retry is not enough. */
  double leastBeforeRetry() {
    double credit = most;
    double least = Double.MAX_VALUE;
    long last = 0;
    for (Event event : events) {
      credit = Math.min(most, credit + perSecond * (event.at - last) / 1e9);
      last = event.at;
      if (event.retry) {
        least = Math.min(least, credit);
        credit = Math.max(0, credit - 1);
      } else {
        credit = Math.min(most, credit + share);
      }
    }
    return least;
  }

  /** What is left at a moment; a retry at the same moment may have been faster. */
  double at(long moment) {
    double credit = most;
    long last = 0;
    for (Event event : events) {
      if (event.at > moment) {
        break;
      }
      credit = Math.min(most, credit + perSecond * (event.at - last) / 1e9);
      last = event.at;
      credit = event.retry ? Math.max(0, credit - 1) : Math.min(most, credit + share);
    }
    return Math.min(most, credit + perSecond * (moment - last) / 1e9);
  }
}
