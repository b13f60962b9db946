package dev.spillway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges where one request went first, and where it went from a refusal. */
final class MoveAudit {

  /** Moving may take so long. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Rests rests;
  private final Findings findings;
  private int moves;
  private int toCapacity;

  private MoveAudit(Rests rests, Findings findings) {
    this.rests = rests;
    this.findings = findings;
  }

  static MoveAudit of(List<JournalEntry> attempts, Rests rests, Findings findings) {
    MoveAudit audit = new MoveAudit(rests, findings);
    Set<Target> asked = new HashSet<>();
    Optional<JournalEntry> before = Optional.empty();
    for (JournalEntry call : attempts) {
      if (asked.add(Target.of(call))) {
        audit.arrival(before.filter(last -> isRefusalBefore(last, call)), call);
      }
      before = Optional.of(call);
    }
    return audit;
  }

  int moves() {
    return moves;
  }

  int toCapacity() {
    return toCapacity;
  }

  private static boolean isRefusalBefore(JournalEntry last, JournalEntry call) {
    return !Attempts.isServed(last) && !Attempts.isLeft(last) && !last.endedAt().isAfter(call.at());
  }

  /** The request's first call to a deployment. */
  private void arrival(Optional<JournalEntry> refusal, JournalEntry call) {
    Optional<JournalEntry> resting = rests.disturbedBy(call);
    refusal.ifPresent(from -> moved(from, call));
    resting.ifPresent(told -> cameToResting(told, call, refusal.isPresent()));
  }

  private void moved(JournalEntry from, JournalEntry call) {
    moves++;
    toCapacity += Attempts.isServed(call) ? 1 : 0;
    Instant free =
        rests
            .lastTold(call)
            .map(Attempts::due)
            .filter(from.endedAt()::isBefore)
            .orElse(from.endedAt());
    if (free.plus(AT_ONCE).isBefore(call.at())) {
      findings.add(
          FindingKind.MOVED_LATE,
          List.of(from, call),
          "call %d moved to %s only %s after it was refused by %s"
              .formatted(
                  call.number(),
                  Target.of(call),
                  Spans.between(from.endedAt(), call.at()),
                  Target.of(from)));
    }
  }

  private void cameToResting(JournalEntry told, JournalEntry call, boolean moved) {
    findings.add(
        moved ? FindingKind.MOVED_TO_RESTING : FindingKind.CAME_WHILE_RESTING,
        List.of(told, call),
        "call %d %s %s, which had told call %d to wait %s, %s too early"
            .formatted(
                call.number(),
                moved ? "moved to" : "began at",
                Target.of(call),
                told.number(),
                Spans.of(Attempts.told(told)),
                Spans.between(call.at(), Attempts.due(told))));
  }
}
