package dev.spillway.control;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found, and weighs it by the rules. */
final class Findings {

  private final VerdictRules rules;
  private final List<Finding> found = new ArrayList<>();

  Findings(VerdictRules rules) {
    this.rules = rules;
  }

  void add(FindingKind kind, List<JournalEntry> calls, String sentence) {
    List<Long> numbers = calls.stream().map(JournalEntry::number).toList();
    found.add(new Finding(kind, !rules.tolerated().contains(kind), sentence, numbers));
  }

  List<Finding> all() {
    return found;
  }

  boolean noneFails() {
    return found.stream().noneMatch(Finding::fails);
  }
}
