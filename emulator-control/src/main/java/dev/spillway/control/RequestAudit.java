package dev.spillway.control;

import dev.spillway.control.RequestVerdict.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Judges the attempts at one request. */
final class RequestAudit {

  private final List<JournalEntry> attempts;
  private final VerdictRules rules;
  private final Findings findings;

  private RequestAudit(List<JournalEntry> attempts, VerdictRules rules, Findings findings) {
    this.attempts = attempts;
    this.rules = rules;
    this.findings = findings;
  }

  static RequestVerdict of(
      List<JournalEntry> attempts, Rests rests, VerdictRules rules, Findings findings) {
    RetryAudit retries = RetryAudit.of(attempts, rules, findings);
    MoveAudit moves = MoveAudit.of(attempts, rests, findings);
    return new RequestAudit(attempts, rules, findings).verdict(retries, moves);
  }

  private RequestVerdict verdict(RetryAudit retries, MoveAudit moves) {
    countAttempts();
    lookForVainRetries();
    int overlapping = lookForOverlaps();
    long wasted = lookForWaste();
    Ending ending = ending();
    JournalEntry first = attempts.getFirst();
    return new RequestVerdict(
        first.caller(),
        ending,
        attempts.stream().map(call -> CallLine.of(call, first.at())).toList(),
        retries.honoured(),
        retries.broken(),
        moves.moves(),
        moves.toCapacity(),
        overlapping,
        wasted,
        Duration.between(first.at(), end()).toMillis());
  }

  private void countAttempts() {
    if (attempts.size() > rules.maxAttempts()) {
      findings.add(
          FindingKind.TOO_MANY_ATTEMPTS,
          attempts,
          "%s was attempted %d times, where %d are allowed"
              .formatted(
                  CallLine.request(attempts.getFirst()), attempts.size(), rules.maxAttempts()));
    }
  }

  private void lookForVainRetries() {
    List<JournalEntry> shown = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      JournalEntry again = attempts.get(i);
      List<JournalEntry> before = attempts.subList(0, i);
      if (before.stream().anyMatch(refused -> isInVain(refused, again))) {
        shown.add(again);
      }
    }
    if (!shown.isEmpty()) {
      JournalEntry refused =
          attempts.stream().filter(Attempts::isFinal).findFirst().orElse(shown.getFirst());
      shown.addFirst(refused);
      findings.add(
          FindingKind.RETRIED_IN_VAIN,
          shown,
          "call %d was answered %d, which no retry changes, and was tried again %d times"
              .formatted(refused.number(), refused.status(), shown.size() - 1));
    }
  }

  private static boolean isInVain(JournalEntry refused, JournalEntry again) {
    return Attempts.isFinal(refused)
        && !again.at().isBefore(refused.endedAt())
        && (Attempts.isFinalEverywhere(refused) || Target.of(refused).equals(Target.of(again)));
  }

  private int lookForOverlaps() {
    List<JournalEntry> overlapping = new ArrayList<>();
    JournalEntry longest = attempts.getFirst();
    for (JournalEntry call : attempts.subList(1, attempts.size())) {
      if (call.at().isBefore(longest.endedAt())) {
        overlapping.add(call);
      }
      longest = call.endedAt().isAfter(longest.endedAt()) ? call : longest;
    }
    if (!overlapping.isEmpty()) {
      findings.add(
          FindingKind.HEDGED,
          attempts,
          "of %d attempts at %s, %d began before an earlier one was over"
              .formatted(
                  attempts.size(), CallLine.request(attempts.getFirst()), overlapping.size()));
    }
    return overlapping.size();
  }

  private long lookForWaste() {
    List<JournalEntry> wasted =
        new ArrayList<>(attempts.stream().filter(Attempts::isLeft).toList());
    attempts.stream().filter(Attempts::isServed).skip(1).forEach(wasted::add);
    long tokens = wasted.stream().mapToLong(Attempts::charged).sum();
    if (tokens > 0) {
      findings.add(
          FindingKind.WASTED_TOKENS,
          wasted,
          "%d tokens were charged for %d answers to %s that nobody used"
              .formatted(tokens, wasted.size(), CallLine.request(attempts.getFirst())));
    }
    return tokens;
  }

  private Ending ending() {
    if (attempts.stream().anyMatch(Attempts::isServed)) {
      return Ending.SERVED;
    }
    JournalEntry last = attempts.getLast();
    if (Attempts.isLeft(last)) {
      return Ending.LEFT;
    }
    if (Attempts.isFinal(last)) {
      return Ending.REFUSED;
    }
    findings.add(
        FindingKind.GAVE_UP,
        attempts,
        "%s was given up after %d attempts; the last was answered %d"
            .formatted(CallLine.request(attempts.getFirst()), attempts.size(), last.status()));
    return Ending.GAVE_UP;
  }

  private Instant end() {
    return attempts.stream()
        .map(JournalEntry::endedAt)
        .max(Instant::compareTo)
        .orElse(attempts.getFirst().endedAt());
  }
}
