package dev.spillway.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a client or router behaved, judged by the calls of an emulator's journal.
 *
 * @param passes whether nothing was found that the rules do not tolerate
 * @param findings in the order of the requests, what is about all of them first
 * @param requests in the order in which they began
 */
public record ClientVerdict(
    boolean passes,
    VerdictSums sums,
    List<Finding> findings,
    List<RequestVerdict> requests,
    VerdictRules rules) {

  public ClientVerdict {
    findings = List.copyOf(findings);
    requests = List.copyOf(requests);
  }

  /** Judges by {@link VerdictRules#defaults()}. */
  public static ClientVerdict of(List<JournalEntry> journal) {
    return of(journal, VerdictRules.defaults());
  }

  /** Judges these calls, which may be in any order. */
  public static ClientVerdict of(List<JournalEntry> journal, VerdictRules rules) {
    List<JournalEntry> calls = Attempts.inOrder(journal);
    Findings findings = new Findings(rules);
    wholeJournal(calls, findings);
    Rests rests = Rests.of(calls);
    List<RequestVerdict> requests = new ArrayList<>();
    for (List<JournalEntry> attempts : LogicalRequests.in(calls)) {
      requests.add(RequestAudit.of(attempts, rests, rules, findings));
    }
    return new ClientVerdict(
        findings.noneFails(), VerdictSums.of(requests), findings.all(), requests, rules);
  }

  /** What keeps a verdict from meaning anything. */
  private static void wholeJournal(List<JournalEntry> calls, Findings findings) {
    if (calls.isEmpty()) {
      findings.add(FindingKind.NO_CALLS, calls, "the journal has no such calls");
    }
    List<JournalEntry> nameless = calls.stream().filter(LogicalRequests::isNameless).toList();
    if (!nameless.isEmpty()) {
      findings.add(
          FindingKind.CANNOT_TELL,
          nameless,
          nameless.size()
              + " calls have neither a body in the journal nor a request id, so that retries"
              + " cannot be told from new requests");
    }
  }

  public List<Finding> findings(FindingKind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  /** The findings that fail it. */
  public List<Finding> failures() {
    return findings.stream().filter(Finding::fails).toList();
  }

  /** The lines of the calls that prove a finding. */
  public List<String> evidence(Finding finding) {
    Set<Long> numbers = Set.copyOf(finding.calls());
    return requests.stream()
        .flatMap(request -> request.attempts().stream())
        .filter(attempt -> numbers.contains(attempt.number()))
        .map(SeenCall::line)
        .toList();
  }
}
