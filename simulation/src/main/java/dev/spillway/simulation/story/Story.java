package dev.spillway.simulation.story;

import dev.spillway.router.trace.TraceLine;
import dev.spillway.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened in a world, as its two logs. */
public final class Story {

  private final World world;
  private final List<Request> requests = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<List<Attempt>> byRequest = new ArrayList<>();

  /** What the router held against a backend when all was over. */
  public final Map<String, String> standings = new TreeMap<>();

  /** What each backend still had to do by then, in the router's books. */
  public final Map<String, Integer> inFlight = new TreeMap<>();

  /** Calls that the deployments let in and that nobody has settled. */
  public int unsettled;

  /** When and how it followed another configuration; null when it did not. */
  public @Nullable Reloaded reloaded;

  public long endedAt;

  public Story(World world) {
    this.world = world;
  }

  public World world() {
    return world;
  }

  public List<Request> requests() {
    return requests;
  }

  public List<Attempt> attempts() {
    return attempts;
  }

  public void add(Request request) {
    requests.add(request);
    byRequest.add(new ArrayList<>(2));
  }

  public void add(Attempt attempt) {
    attempts.add(attempt);
    byRequest.get(attempt.request).add(attempt);
  }

  /** The attempts at one request, in their order. */
  public List<Attempt> attemptsAt(Request request) {
    return byRequest.get(request.number);
  }

  /** The attempt whose answer a request got; nothing for an answer of the router's own. */
  public Optional<Attempt> passed(Request request) {
    String got = request.received.toString();
    List<Attempt> asked =
        attemptsAt(request).reversed().stream()
            .filter(attempt -> attempt.backend.equals(request.backend))
            .toList();
    return asked.stream()
        .filter(attempt -> attempt.answer.equals(got))
        .findFirst()
        .or(() -> asked.stream().findFirst());
  }

  private record Line(long at, int order, String text) {}

  /** Both logs in the order of time. */
  public String text() {
    List<Line> lines = new ArrayList<>();
    for (Request request : requests) {
      lines.add(new Line(request.sentAt, lines.size(), sent(request)));
      if (request.answers > 0) {
        lines.add(new Line(request.answeredAt, 1_000_000 + lines.size(), answered(request)));
      }
      if (request.left) {
        lines.add(new Line(request.leftAt, 1_000_000 + lines.size(), id(request) + " leaves"));
      }
      if (request.done && request.doneAt > request.answeredAt) {
        lines.add(new Line(request.doneAt, 2_000_000, id(request) + " has it: " + end(request)));
      }
    }
    for (Attempt attempt : attempts) {
      String name =
          "  #" + attempt.request + " -> " + attempt.backend + " (" + attempt.number + ")";
      lines.add(new Line(attempt.askedAt, 500_000 + attempt.number, name));
      lines.add(new Line(attempt.answeredAt, 600_000 + attempt.number, name + " " + deed(attempt)));
    }
    lines.sort(Comparator.comparingLong(Line::at).thenComparingInt(Line::order));
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(String.format(Locale.ROOT, "%12.6f  %s%n", line.at() / 1e9, line.text()));
    }
    standings.forEach((name, state) -> text.append("at the end %s: %s%n".formatted(name, state)));
    return text.toString();
  }

  private static String id(Request request) {
    return "#" + request.number + " of " + request.caller;
  }

  private static String sent(Request request) {
    return id(request) + " asks " + request.spec;
  }

  private static String answered(Request request) {
    String wait = request.retryAfter == null ? "" : ", retry after " + request.retryAfter;
    return "%s gets %d of %s%s, %s [%s]"
        .formatted(
            id(request),
            request.status,
            request.isRoutersOwn() ? "the router" : request.backend,
            wait,
            end(request),
            TraceLine.of(request.steps));
  }

  private static String end(Request request) {
    return request.delivery == null ? "no body" : request.delivery.name();
  }

  private static String deed(Attempt attempt) {
    Duration wait = attempt.wait;
    return attempt.deed
        + (attempt.status > 0 ? " " + attempt.status : "")
        + (wait == null ? "" : ", wait " + wait)
        + (attempt.worked ? ", worked" : "")
        + (attempt.cut ? ", cut" : "")
        + (attempt.closed ? "" : ", still open");
  }
}
