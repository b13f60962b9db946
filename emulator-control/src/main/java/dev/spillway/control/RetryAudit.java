package dev.spillway.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges when one request came back to deployments that had refused it. */
final class RetryAudit {

  /** A refusal and the next attempt on the same deployment. */
  private record Retry(JournalEntry refused, JournalEntry again) {

    Duration gap() {
      return Duration.between(refused.endedAt(), again.at());
    }

    /** Positive when it came before it should. */
    Duration early() {
      return Duration.between(again.at(), Attempts.due(refused));
    }
  }

  /** Growth that is not chance. */
  private static final double GROWTH = 1.25;

  /** Whoever waits so long need not wait longer the next time. */
  private static final Duration LONG = Duration.ofSeconds(5);

  private final VerdictRules rules;
  private final Findings findings;
  private int honoured;
  private int broken;

  private RetryAudit(VerdictRules rules, Findings findings) {
    this.rules = rules;
    this.findings = findings;
  }

  static RetryAudit of(List<JournalEntry> attempts, VerdictRules rules, Findings findings) {
    List<Retry> retries = retries(attempts);
    RetryAudit audit = new RetryAudit(rules, findings);
    audit.lookAtToldWaits(retries);
    audit.lookForBackOff(retries);
    audit.lookForStorm(retries);
    return audit;
  }

  int honoured() {
    return honoured;
  }

  int broken() {
    return broken;
  }

  private static List<Retry> retries(List<JournalEntry> attempts) {
    Map<Target, JournalEntry> over = new HashMap<>();
    List<Retry> retries = new ArrayList<>();
    for (JournalEntry call : attempts) {
      JournalEntry before = over.get(Target.of(call));
      if (before != null && !Attempts.isServed(before) && !call.at().isBefore(before.endedAt())) {
        retries.add(new Retry(before, call));
      }
      over.put(Target.of(call), later(before, call));
    }
    return retries;
  }

  private static JournalEntry later(@Nullable JournalEntry before, JournalEntry call) {
    return before == null || !call.endedAt().isBefore(before.endedAt()) ? call : before;
  }

  private void lookAtToldWaits(List<Retry> retries) {
    for (Retry retry : retries) {
      if (isHonoured(retry)) {
        honoured++;
      } else if (Attempts.isTold(retry.refused())) {
        broken++;
        findings.add(
            FindingKind.CAME_EARLY,
            List.of(retry.refused(), retry.again()),
            "call %d came back to %s %s early: call %d was told to wait %s"
                .formatted(
                    retry.again().number(),
                    Target.of(retry.again()),
                    Spans.of(retry.early()),
                    retry.refused().number(),
                    Spans.of(Attempts.told(retry.refused()))));
      }
    }
  }

  private boolean isHonoured(Retry retry) {
    return Attempts.isTold(retry.refused()) && retry.early().toMillis() <= rules.allowEarlyMillis();
  }

  /** Of each deployment, the retries that were told no wait. */
  private void lookForBackOff(List<Retry> retries) {
    retries.stream()
        .filter(retry -> Attempts.isRetryable(retry.refused()) && !Attempts.isTold(retry.refused()))
        .collect(Collectors.groupingBy(retry -> Target.of(retry.again())))
        .forEach(this::lookForBackOff);
  }

  private void lookForBackOff(Target target, List<Retry> untold) {
    if (untold.size() < 2 || isGrowing(untold.stream().map(Retry::gap).toList())) {
      return;
    }
    String gaps =
        untold.stream().map(retry -> Spans.of(retry.gap())).collect(Collectors.joining(", "));
    findings.add(
        FindingKind.NO_BACKOFF,
        calls(untold),
        "%s was told no wait by %s and came back after %s, which does not grow"
            .formatted(CallLine.request(untold.getFirst().refused()), target, gaps));
  }

  private static boolean isGrowing(List<Duration> gaps) {
    Duration first = gaps.getFirst();
    return first.compareTo(LONG) >= 0
        || gaps.stream().skip(1).anyMatch(gap -> gap.toNanos() > GROWTH * first.toNanos());
  }

  private void lookForStorm(List<Retry> retries) {
    List<Retry> hasty = retries.stream().filter(retry -> !isHonoured(retry)).toList();
    List<Retry> worst = List.of();
    for (int start = 0, end = 0; end < hasty.size(); end++) {
      while (span(hasty.get(start), hasty.get(end)).toMillis() > rules.stormMillis()) {
        start++;
      }
      if (end - start + 1 > worst.size()) {
        worst = hasty.subList(start, end + 1);
      }
    }
    if (worst.size() >= rules.stormRetries()) {
      findings.add(
          FindingKind.STORMED,
          calls(worst),
          "%s came back %d times within %s"
              .formatted(
                  CallLine.request(worst.getFirst().refused()),
                  worst.size(),
                  Spans.of(span(worst.getFirst(), worst.getLast()))));
    }
  }

  private static Duration span(Retry first, Retry last) {
    return Duration.between(first.again().at(), last.again().at());
  }

  private static List<JournalEntry> calls(List<Retry> retries) {
    return retries.stream()
        .flatMap(retry -> Stream.of(retry.refused(), retry.again()))
        .distinct()
        .toList();
  }
}
