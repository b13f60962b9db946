package dev.spillway.emulator.stub;

import dev.spillway.control.stub.UnmatchedRequest;
import dev.spillway.control.stub.UnmatchedRequest.NearMiss;
import dev.spillway.emulator.request.ChatMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** The latest requests that no stub fit; safe for any number of threads. */
public final class UnmatchedRequests {

  private static final int KEPT = 100;

  private final boolean keepsTexts;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<UnmatchedRequest> latest = new ArrayDeque<>();

  /**
   * @param keepsTexts whether entries hold what was said
   */
  public UnmatchedRequests(boolean keepsTexts) {
    this.keepsTexts = keepsTexts;
  }

  public void add(Asked asked, String requestId, Instant at, List<NearMiss> nearest) {
    UnmatchedRequest request =
        new UnmatchedRequest(
            at,
            requestId,
            asked.resource(),
            asked.deployment(),
            asked.operation(),
            asked.turn(),
            keepsTexts ? text(asked) : null,
            keepsTexts ? nearest : namesOf(nearest));
    lock.lock();
    try {
      latest.addLast(request);
      while (latest.size() > KEPT) {
        UnmatchedRequest unused = latest.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Oldest first. */
  public List<UnmatchedRequest> all() {
    lock.lock();
    try {
      return List.copyOf(latest);
    } finally {
      lock.unlock();
    }
  }

  public void clear() {
    lock.lock();
    try {
      latest.clear();
    } finally {
      lock.unlock();
    }
  }

  /** What a caller reads whom no stub answers. */
  public static String sentence(Asked asked, List<NearMiss> nearest) {
    String near =
        nearest.stream()
            .map(miss -> "'%s' (%s)".formatted(miss.stub(), String.join("; ", miss.because())))
            .collect(Collectors.joining(", "));
    return "No stub fits this request: %s of deployment '%s', turn %d, %s. %s."
        .formatted(
            asked.operation(),
            asked.deployment(),
            asked.turn(),
            asked
                .newest()
                .map(message -> message.role() + " says '" + shown(message) + "'")
                .orElse("nobody says anything"),
            nearest.isEmpty() ? "There are no stubs" : "Nearest: " + near);
  }

  private static String text(Asked asked) {
    return asked.newest().map(UnmatchedRequests::shown).orElse("");
  }

  private static String shown(ChatMessage message) {
    return TextTest.shown(message.text());
  }

  /** The reasons quote what was said. */
  private static List<NearMiss> namesOf(List<NearMiss> nearest) {
    return nearest.stream().map(miss -> new NearMiss(miss.stub(), List.of())).toList();
  }
}
