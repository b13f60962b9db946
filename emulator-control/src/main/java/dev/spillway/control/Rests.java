package dev.spillway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What every deployment has last told every caller: to stay away, or that it is there again. */
final class Rests {

  /** Before that, the answer and the next call may have crossed on their way. */
  private static final Duration REACTION = Duration.ofMillis(100);

  private record Place(@Nullable String caller, Target target) {}

  private final Map<Place, TreeMap<Instant, JournalEntry>> told = new HashMap<>();

  private Rests() {}

  static Rests of(List<JournalEntry> calls) {
    Rests rests = new Rests();
    for (JournalEntry call : calls) {
      if (Attempts.isTold(call) || Attempts.isServed(call)) {
        rests
            .told
            .computeIfAbsent(place(call), unused -> new TreeMap<>())
            .put(call.endedAt(), call);
      }
    }
    return rests;
  }

  /** The earlier call that was told a wait which is not over when this one comes. */
  Optional<JournalEntry> disturbedBy(JournalEntry call) {
    return lastTold(call).filter(earlier -> call.at().isBefore(Attempts.due(earlier)));
  }

  /** The earlier call that was told a wait, if that is the last word that the caller had. */
  Optional<JournalEntry> lastTold(JournalEntry call) {
    TreeMap<Instant, JournalEntry> there = told.get(place(call));
    return there == null
        ? Optional.empty()
        : Optional.ofNullable(there.floorEntry(call.at().minus(REACTION)))
            .map(Entry::getValue)
            .filter(Attempts::isTold);
  }

  private static Place place(JournalEntry call) {
    return new Place(call.caller(), Target.of(call));
  }
}
