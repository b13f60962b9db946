package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The attempts at one request, cut where the router has waited in between.
 *
 * @param tried the backends asked since the last wait
 */
record Rounds(List<Pause> pauses, Set<String> tried) {

  /**
   * A stretch of time in which nobody was asked.
   *
   * @param tried whom the round before it has asked
   */
  record Pause(long from, long to, Set<String> tried) {
    long length() {
      return to - from;
    }
  }

  static Rounds of(Story story, Request request) {
    List<Pause> pauses = new ArrayList<>();
    Set<String> tried = new HashSet<>();
    long free = request.sentAt;
    for (Attempt attempt : story.attemptsAt(request)) {
      if (attempt.askedAt > free) {
        pauses.add(new Pause(free, attempt.askedAt, Set.copyOf(tried)));
        tried.clear();
      }
      tried.add(attempt.backend);
      free = attempt.answeredAt;
    }
    if (request.answers > 0 && request.answeredAt > free) {
      pauses.add(new Pause(free, request.answeredAt, Set.copyOf(tried)));
      tried.clear();
    }
    return new Rounds(pauses, tried);
  }

  long waited() {
    return pauses.stream().mapToLong(Pause::length).sum();
  }
}
