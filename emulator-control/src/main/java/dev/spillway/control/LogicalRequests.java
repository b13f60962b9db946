package dev.spillway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells which calls are attempts at the same request: those with the same caller's id and body, or,
 * without an id, those of the same caller with the same body until one is served. What has no body
 * is told by its path.
 *
 * <p>The body's {@code model} does not count, since it changes with the deployment on v1.
 */
final class LogicalRequests {

  /** Whoever comes again so much later than it could has begun anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the attempts at one request have in common. */
  private record Key(
      @Nullable String id, @Nullable String caller, String method, @Nullable String content) {

    static Key of(JournalEntry call) {
      String id = call.clientRequestId();
      String content = isNameless(call) ? call.requestId() : asked(call);
      return new Key(id, id == null ? call.caller() : null, call.method(), content);
    }
  }

  /** A request that may get more attempts. */
  private static final class Open {
    private final List<JournalEntry> attempts = new ArrayList<>();
    private Instant over = Instant.MIN;
    private Instant due = Instant.MIN;
    private boolean served;

    void add(JournalEntry call) {
      attempts.add(call);
      over = later(over, call.endedAt());
      due = later(due, Attempts.due(call));
      served |= Attempts.isServed(call);
    }

    boolean mayContinueWith(JournalEntry call) {
      boolean overlaps = call.at().isBefore(over);
      boolean wanted = !served || call.clientRequestId() != null;
      return overlaps || (wanted && !call.at().isAfter(due.plus(PATIENCE)));
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }
  }

  private LogicalRequests() {}

  /** Whether nothing tells what it is an attempt at. */
  static boolean isNameless(JournalEntry call) {
    return call.body() == null && call.clientRequestId() == null;
  }

  /** The attempts at each request, in the order in which the requests began. */
  static List<List<JournalEntry>> in(List<JournalEntry> calls) {
    List<Open> all = new ArrayList<>();
    Map<Key, Open> open = new HashMap<>();
    for (JournalEntry call : calls) {
      Key key = Key.of(call);
      Open request = open.get(key);
      if (request == null || !request.mayContinueWith(call)) {
        request = new Open();
        open.put(key, request);
        all.add(request);
      }
      request.add(call);
    }
    return all.stream().map(request -> request.attempts).toList();
  }

  /** What is asked: by the body, or by the path where there is none. */
  private static @Nullable String asked(JournalEntry call) {
    String body = call.body();
    return body != null && body.isEmpty() ? call.path() : comparable(body);
  }

  private static @Nullable String comparable(@Nullable String body) {
    if (body == null || !body.contains("\"model\"")) {
      return body;
    }
    try {
      return ControlJson.mapper().readTree(body) instanceof ObjectNode object
          ? object.without("model").toString()
          : body;
    } catch (JacksonException e) {
      return body; // told from others as it stands
    }
  }
}
