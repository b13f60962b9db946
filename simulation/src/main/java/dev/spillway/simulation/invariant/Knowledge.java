package dev.spillway.simulation.invariant;

import dev.spillway.router.trace.Delivery;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.World.BackendSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a router can know of the backends at a moment, by what they have answered before.
 *
 * <p>What came at that very moment it may know or not; so there is what it knows <em>certainly</em>
 * and what it <em>possibly</em> knows.
 */
final class Knowledge {

  private static final long QUARANTINE = Duration.ofSeconds(60).toNanos();
  private static final int FAILURES_BEFORE_BENCH = 3;

  /** Something that a router learns of a backend. */
  private record Lesson(long at, Deed deed) {}

  private final World world;
  private final Map<String, String> deployments = new HashMap<>();
  private final Map<String, List<Lesson>> lessons = new HashMap<>();
  private final Map<String, List<Attempt>> throttlings = new HashMap<>();

  Knowledge(Story story) {
    this.world = story.world();
    for (BackendSpec backend : world.backends()) {
      deployments.put(backend.name(), backend.deployment());
      lessons.put(backend.name(), new ArrayList<>());
      throttlings.put(backend.deployment(), new ArrayList<>());
    }
    for (Attempt attempt : story.attempts()) {
      if (attempt.isAnswered()) {
        lessons(attempt.backend).add(new Lesson(attempt.answeredAt, attempt.deed));
      }
      if (attempt.deed == Deed.THROTTLED) {
        Objects.requireNonNull(throttlings.get(group(attempt.backend))).add(attempt);
      }
    }
    for (Request request : story.requests()) {
      if (request.delivery == Delivery.CUT) {
        String backend = Objects.requireNonNull(request.backend);
        lessons(backend).add(new Lesson(request.doneAt, Deed.RESET));
      }
    }
    lessons.values().forEach(all -> all.sort((a, b) -> Long.compare(a.at, b.at)));
  }

  private List<Lesson> lessons(String backend) {
    return Objects.requireNonNull(lessons.get(backend));
  }

  private String group(String backend) {
    return Objects.requireNonNull(deployments.get(backend));
  }

  /** How long a throttling puts a backend to rest. */
  Duration rest(Attempt throttling) {
    Duration said = throttling.wait;
    return said != null && said.compareTo(world.limits().maxCooldown()) <= 0
        ? said
        : world.limits().defaultCooldown();
  }

  /** How much longer a backend certainly rests; zero for not at all. */
  long certainRest(String backend, long moment) {
    return rest(backend, moment, moment);
  }

  /** How much longer it rests, if the router has heard what came at this very moment. */
  long possibleRest(String backend, long moment) {
    return rest(backend, moment, moment + 1);
  }

  private long rest(String backend, long moment, long heardBefore) {
    long until = moment;
    for (Attempt throttling : Objects.requireNonNull(throttlings.get(group(backend)))) {
      if (throttling.answeredAt < heardBefore) {
        until = Math.max(until, throttling.answeredAt + rest(throttling).toNanos());
      }
    }
    return until - moment;
  }

  /** The shortest rest that was asked for at this very moment; {@code otherwise} for none. */
  long restAskedFor(String backend, long moment, long otherwise) {
    return Objects.requireNonNull(throttlings.get(group(backend))).stream()
        .filter(throttling -> throttling.answeredAt == moment)
        .mapToLong(throttling -> rest(throttling).toNanos())
        .filter(rest -> rest > 0)
        .min()
        .orElse(otherwise);
  }

  /** Whether nothing that it has ever answered since its last good answer speaks against it. */
  boolean isCertainlyWell(String backend, long moment) {
    if (possibleRest(backend, moment) > 0) {
      return false;
    }
    boolean well = true;
    for (Lesson lesson : lessons(backend)) {
      if (lesson.at < moment && lesson.deed == Deed.SERVED) {
        well = true;
      } else if (lesson.at <= moment && lesson.deed.isFailure()) {
        well = false;
      }
    }
    return well;
  }

  /** Whether it has certainly been benched or quarantined, and not answered well since. */
  boolean isCertainlyInDoubt(String backend, long moment) {
    boolean doubt = false;
    int failures = 0;
    for (Lesson lesson : lessons(backend)) {
      if (lesson.at <= moment && lesson.deed == Deed.SERVED) {
        doubt = false;
        failures = 0;
      } else if (lesson.at < moment && lesson.deed.isFailure()) {
        failures += lesson.deed == Deed.REJECTED ? 0 : 1;
        doubt |= !lesson.deed.isAmbiguous() || failures >= FAILURES_BEFORE_BENCH;
      }
    }
    return doubt;
  }

  /** Since when {@link #isCertainlyInDoubt} holds. */
  long inDoubtSince(String backend, long moment) {
    long since = moment;
    List<Lesson> all = lessons(backend);
    for (int i = all.size() - 1; i >= 0; i--) {
      Lesson lesson = all.get(i);
      if (lesson.at <= moment) {
        if (lesson.deed == Deed.SERVED) {
          break;
        }
        if (isCertainlyInDoubt(backend, lesson.at + 1)) {
          since = lesson.at;
        }
      }
    }
    return since;
  }

  /** Whether it may be kept from being asked for having refused our key. */
  boolean mayBeQuarantined(String backend, long moment) {
    boolean may = false;
    for (Lesson lesson : lessons(backend)) {
      if (lesson.at < moment && lesson.deed == Deed.SERVED) {
        may = false;
      } else if (lesson.at <= moment
          && lesson.deed == Deed.REJECTED
          && moment - lesson.at <= QUARANTINE) {
        may = true;
      }
    }
    return may;
  }

  /**
   * Whether a router that plays by the rules may leave a backend that it has not tried yet unasked.
   */
  boolean mayBePassedOver(String backend, List<String> pool, long moment) {
    return possibleRest(backend, moment) > 0
        || (mayBeQuarantined(backend, moment)
            && pool.stream().anyMatch(other -> possibleRest(other, moment) > 0));
  }
}
