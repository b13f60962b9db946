package dev.spillway.cli;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.Finding;
import dev.spillway.control.VerdictSums;
import java.util.List;
import java.util.Locale;

/** Writes a verdict for a terminal or a build's log. */
final class VerdictText {

  /** Whoever misbehaves does it often; the first times tell how. */
  private static final int MOST_FINDINGS = 10;

  private static final int MOST_LINES = 8;

  private final StringBuilder text = new StringBuilder();

  private VerdictText() {}

  static String of(ClientVerdict verdict) {
    VerdictText text = new VerdictText();
    text.sums(verdict.sums());
    text.findings("failed", verdict, verdict.failures());
    text.findings(
        "tolerated",
        verdict,
        verdict.findings().stream().filter(finding -> !finding.fails()).toList());
    text.line(verdict.passes() ? "PASSED" : "FAILED: " + count(verdict.failures().size()));
    return text.text.toString();
  }

  private static String count(int findings) {
    return findings + (findings == 1 ? " finding" : " findings");
  }

  private void sums(VerdictSums sums) {
    row("calls", sums.calls() + ", for " + sums.requests() + " requests");
    row(
        "requests",
        "%d served, %d refused, %d given up, %d left"
            .formatted(sums.served(), sums.refused(), sums.gaveUp(), sums.left()));
    row("attempts", "at most " + sums.mostAttempts() + ", " + sums.meanAttempts() + " on average");
    row("told waits", sums.waitsHonoured() + " honoured, " + sums.waitsBroken() + " broken");
    row("moves", sums.moves() + ", " + sums.movesToCapacity() + " of them to where there was room");
    row("overlapping", sums.overlapping() + " attempts");
    row("wasted", sums.wastedTokens() + " tokens");
    line("");
  }

  private void row(String name, String value) {
    line(String.format(Locale.ROOT, "%-12s  %s", name, value));
  }

  private void findings(String weight, ClientVerdict verdict, List<Finding> findings) {
    findings.stream().limit(MOST_FINDINGS).forEach(finding -> finding(weight, verdict, finding));
    if (findings.size() > MOST_FINDINGS) {
      line("... and " + (findings.size() - MOST_FINDINGS) + " more " + weight);
    }
    if (!findings.isEmpty()) {
      line("");
    }
  }

  private void finding(String weight, ClientVerdict verdict, Finding finding) {
    line(weight + "  " + finding.kind().text() + ": " + finding.sentence());
    List<String> evidence = verdict.evidence(finding);
    evidence.stream().limit(MOST_LINES).forEach(seen -> line("    " + seen));
    if (evidence.size() > MOST_LINES) {
      line("    ... and " + (evidence.size() - MOST_LINES) + " more calls");
    }
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
