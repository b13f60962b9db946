package dev.spillway.scenarios.judge;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.Finding;
import dev.spillway.control.FindingKind;
import dev.spillway.control.VerdictRules;
import dev.spillway.scenarios.format.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code verdict}, {@code waits-broken} and {@code wasted-tokens}: the router as a client of the
 * service, by the verdict that any client gets.
 */
final class Manners {

  private Manners() {}

  static Opinion judge(Check.Verdict check, Sight sight) {
    ClientVerdict verdict = verdict(sight, check.rules());
    return new Opinion(
        verdict.passes(),
        "a client that behaves well",
        verdict.passes()
            ? "it does, in %s at %s"
                .formatted(
                    Words.plural(verdict.sums().calls(), "attempt"),
                    Words.plural(verdict.sums().requests(), "request"))
            : Words.plural(verdict.failures().size(), "finding"),
        evidence(verdict, verdict.failures().stream()));
  }

  static Opinion judge(Check.WaitsBroken check, Sight sight) {
    ClientVerdict verdict = verdict(sight, VerdictRules.defaults());
    List<Finding> broken =
        Stream.of(
                FindingKind.CAME_EARLY,
                FindingKind.MOVED_TO_RESTING,
                FindingKind.CAME_WHILE_RESTING)
            .flatMap(kind -> verdict.findings(kind).stream())
            .toList();
    return new Opinion(
        check.number().holds(broken.size()),
        check.number() + " attempts before a told wait was over",
        Words.plural(broken.size(), "attempt"),
        evidence(verdict, broken.stream()));
  }

  static Opinion judge(Check.WastedTokens check, Sight sight) {
    ClientVerdict verdict = verdict(sight, VerdictRules.defaults());
    long wasted = verdict.sums().wastedTokens();
    return new Opinion(
        check.number().holds(wasted),
        check.number() + " tokens",
        Words.plural(wasted, "token"),
        evidence(verdict, verdict.findings(FindingKind.WASTED_TOKENS).stream()));
  }

  private static ClientVerdict verdict(Sight sight, VerdictRules rules) {
    return ClientVerdict.of(sight.attempts().stream().map(Attempt::entry).toList(), rules);
  }

  private static List<String> evidence(ClientVerdict verdict, Stream<Finding> findings) {
    List<String> lines = new ArrayList<>();
    findings.forEach(finding -> {
      lines.add(finding.kind().text() + ": " + finding.sentence());
      verdict.evidence(finding).forEach(line -> lines.add("  " + line));
    });
    return lines;
  }
}
